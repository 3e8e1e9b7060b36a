import Faults
import Synchronization
import Testing

private let slow = FaultRow("slow", at: .backend, "Answers take two seconds")
private let html = FaultRow("html", at: .authorization, "A page comes instead of JSON")

struct FaultBoardTests {
  private let board = FaultBoard([slow, html])

  @Test func `nothing is wrong at first`() {
    #expect(board.active.isEmpty)
    #expect(!board.has(slow))
    #expect(board.rows == [slow, html])
  }

  @Test func `a fault is switched on and off while others stay`() throws {
    try board.set("slow", to: true)
    try board.set("html", to: true)
    #expect(board.has(slow) && board.has(html))
    try board.set("slow", to: false)
    #expect(!board.has(slow) && board.has(html))
  }

  @Test func `all are replaced at once`() throws {
    try board.replace(with: ["slow"])
    try board.replace(with: ["html"])
    #expect(board.active == ["html"])
    board.clear()
    #expect(board.active.isEmpty)
  }

  @Test func `an unknown word changes nothing and is told with the known ones`() throws {
    try board.set("slow", to: true)
    #expect(throws: UnknownFault(id: "quick", known: ["slow", "html"])) {
      try board.replace(with: ["quick", "html"])
    }
    #expect(board.active == ["slow"])
  }

  @Test func `a row of another board is never active`() throws {
    try board.set("slow", to: true)
    #expect(!board.has(FaultRow("gone", at: .transport, "The stream ends")))
  }

  @Test func `of two rows with one id the first counts`() {
    let twice = FaultBoard([slow, FaultRow("slow", at: .access, "Other"), html])
    #expect(twice.rows == [slow, html])
  }

  @Test func `observers hear of changes only, and no more once cancelled`() throws {
    let heard = Mutex<[Set<String>]>([])
    let observation = board.observe { active in heard.withLock { $0.append(active) } }
    try board.set("slow", to: true)
    try board.set("slow", to: true)
    board.clear()
    board.cancel(observation)
    try board.set("html", to: true)
    #expect(heard.withLock { $0 } == [["slow"], []])
  }

  @Test func `an observer may ask the board`() throws {
    let seen = Mutex(false)
    let board = board
    _ = board.observe { _ in seen.withLock { $0 = board.has(html) } }
    try board.set("html", to: true)
    #expect(seen.withLock { $0 })
  }
}

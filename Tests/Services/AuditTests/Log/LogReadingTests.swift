import Crypto
import EventLoop
import Glibc
import JSON
import TestSupport
import Testing

@testable import Audit

private func append(_ text: String, to path: String, cutting: Bool = false) {
  let fd = open(path, O_WRONLY | O_CREAT | (cutting ? O_TRUNC : O_APPEND), 0o600)
  let bytes = Array(text.utf8)
  #expect(write(fd, bytes, bytes.count) == bytes.count)
  close(fd)
}

struct LogReadingTests {
  @Test func `lines are cut wherever a block ends and a half line waits for its end`() {
    let text = "one\r\ntwo\n\nthree\nlast"
    for size in 1...text.utf8.count {
      var cutter = LogCutter()
      var rows: [String] = []
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        for part in cutter.take(Array(rest.prefix(size))) {
          for row in 0..<part.count {
            rows.append(String(decoding: part.bytes(of: row), as: UTF8.self))
          }
        }
        rest = rest.dropFirst(size)
      }
      #expect(rows == ["one", "two", "", "three"])
      #expect(cutter.finish().map { String(decoding: $0.bytes(of: 0), as: UTF8.self) } == "last")
      #expect(cutter.rows == 5)
    }
  }

  @Test func `many lines are parts of a bounded size with their numbers`() {
    var cutter = LogCutter()
    let parts = cutter.take(Array(String(repeating: "x\n", count: 10_000).utf8))
    #expect(parts.map(\.count) == [4096, 4096, 1808])
    #expect(parts.map(\.first) == [1, 4097, 8193])
  }

  @Test func `a file that is rotated or cut while it is read goes on from its new start`() throws {
    let folder = ScratchFolder()
    let path = folder.file("audit.log")
    append("a\n", to: path)
    var tail = try LogTail(path: path)
    func next() throws -> (String, LogTail.Turn?) {
      let (block, turn) = try tail.next(100)
      return (String(decoding: block, as: UTF8.self), turn)
    }
    #expect(try next() == ("a\n", nil))
    #expect(try next() == ("", nil))
    append("b\n", to: path)
    rename(path, "\(path).1")
    append("c\n", to: path)
    #expect(try next() == ("b\n", nil))
    #expect(try next() == ("c\n", .rotated))
    append("d\n", to: path, cutting: true)
    append("", to: path, cutting: true)
    #expect(try next() == ("", .truncated))
    append("e\n", to: path)
    #expect(try next() == ("e\n", nil))
    unlink(path)
    #expect(try next() == ("", .gone))
    #expect(try next() == ("", nil))
    append("f\n", to: path)
    #expect(try next() == ("f\n", .rotated))
    #expect(throws: SystemError.self) { try LogTail(path: folder.file("missing")) }
  }

  @Test func `questions of a part find the rows that a look at each would find`() {
    let rows = (0..<100).map { number in
      #"{"time":"2026-07-28T09:\#(number < 10 ? "0" : "")\#(number % 60):00Z","tool":"tool\#(number % 3)","user":"Ann","status":"\#(number % 4 == 0 ? "denied" : "ok")","duration_ms":\#(number)}"#
    }
    let lines = LogLines(rows: rows.map { Array($0.utf8) }, first: 1)
    let digest = LogDigest(lines, .json)
    func numbers(_ bits: RowBits) -> [Int] {
      var found: [Int] = []
      bits.visit { found.append($0) }
      return found
    }
    #expect(numbers(digest.rows(holding: Array("tool1".utf8))) == (0..<100).filter { $0 % 3 == 1 })
    #expect(digest.rows(holding: Array("ann".utf8)).total == 100)
    #expect(numbers(digest.troubled) == (0..<100).filter { $0 % 4 == 0 })
    #expect(numbers(digest.rows { $0 >= 98 }) == [98, 99])
    #expect(
      numbers(!digest.troubled & digest.rows(where: .tool) { $0 == "tool0" })
        == (0..<100).filter { $0 % 3 == 0 && $0 % 4 != 0 })
    #expect(digest.rows(from: .warning).total == 25)
  }

  @Test func `a chain tells which of its rows were changed and where some are missing`()
    async throws
  {
    let store = try await AuditStore.open(sqlite: ":memory:")
    let events = (1...6).map { number in
      var event = AuditEvent(
        at: WallTime(microseconds: Int64(number)), kind: .invoked, principal: "ann",
        system: "s", tool: "tool\(number)", outcome: .ok)
      event.arguments = ["n": .number(JSONNumber(number)), "t": "ä\n"]
      return event
    }
    try await store.append(events)
    var rows = try await store.page(after: 0, limit: 10).entries.map(\.json.compact)
    await store.close()
    rows[1] = rows[1].replacing("tool2", with: "toolX")
    rows.remove(at: 3)
    rows.append("no json")
    var chain = try LogChain()
    let links = chain.take(LogLines(rows: rows.map { Array($0.utf8) }, first: 1))
    #expect(links == [.whole, .changed, .whole, .gap, .whole, .none])
  }
}

extension LogDigest {
  fileprivate func rows(_ lasting: @escaping (Double) -> Bool) -> RowBits { rows(lasting: lasting) }
}

import EventLoop
import Processes
import TestSupport
import Testing

@LoopActor @Suite(.inTurns) struct PipeTests {
  let host = ProcessHost()

  @Test func `what is written comes back, whatever its size`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("exec cat"), log.events)
    let big = [UInt8](repeating: UInt8(ascii: "x"), count: 2_000_000)
    #expect(child.input.write(Array("head ".utf8)))
    #expect(child.input.write(big))
    #expect(child.input.write(Array(" tail".utf8)))
    child.input.finish()
    try await ChildLog.wait(log.outputEnded)
    #expect(log.output.count == big.count + 10)
    #expect(log.output.starts(with: Array("head x".utf8)) && log.text.hasSuffix("x tail"))
    #expect(await child.end() == .exited(0))
  }

  @Test func `a child that never reads makes the queue refuse, not grow or block`() async throws {
    host.inputLimit = 1 << 20
    let log = ChildLog()
    let child = try host.launch(.sh("sleep 1000"), log.events)
    let block = [UInt8](repeating: 0, count: 1 << 18)
    var taken = 0
    while taken < 100, child.input.write(block) { taken += 1 }
    #expect((4...5).contains(taken))
    #expect(child.input.waitingBytes <= host.inputLimit)
    #expect(await child.end(.quick) == .killed(.terminate))
    #expect(child.input.waitingBytes == 0)
    #expect(!child.input.write([1]))
  }

  @Test func `one text larger than the limit is taken when nothing else waits`() async throws {
    host.inputLimit = 1000
    let log = ChildLog()
    let child = try host.launch(.sh("exec wc -c"), log.events)
    #expect(child.input.write([UInt8](repeating: 0, count: 1_000_001)))
    child.input.finish()
    try await ChildLog.wait(log.outputEnded)
    #expect(log.text == "1000001\n")
    await child.end()
  }

  @Test func `writing to a child that has closed its input is told as an error`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("exec <&-; echo closed; exec sleep 1000"), log.events)
    try await log.waitForOutput("closed")
    _ = child.input.write(Array("x".utf8))
    try await ChildLog.wait(log.failed)
    #expect(log.failures.map(\.reason) == ["Broken pipe"])
    #expect(!child.input.isOpen)
    await child.end(.quick)
  }

  @Test func `a flood on standard error is read, and its last lines are kept`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("seq 1 200000 >&2; printf last >&2"), log.events)
    try await ChildLog.wait(log.ended)
    #expect(log.lines.count == 200_001)
    #expect(child.log.lines.suffix(2) == ["200000", "last"])
    #expect(child.log.lines.count == 200)
    #expect(child.log.dropped == 200_001 - 200)
    await child.end()
  }

  @Test func `log lines are text whatever their bytes and however long`() async throws {
    let log = ChildLog()
    let script =
      "printf 'a\\377b\\r\\n\\n' >&2; head -c 100000 /dev/zero | tr '\\0' y >&2; echo >&2"
    let child = try host.launch(.sh(script), log.events)
    try await ChildLog.wait(log.ended)
    #expect(log.lines.count == 3)
    #expect(log.lines.prefix(2) == ["a\u{FFFD}b", ""])
    #expect(log.lines.last?.hasSuffix("y … (83616 more bytes)") == true)
    await child.end()
  }

  @Test func `a ring keeps to its limits`() {
    var ring = LogRing(lines: 3, bytes: 100)
    for number in 1...1000 { ring.append("\(number)") }
    #expect(ring.lines == ["998", "999", "1000"])
    #expect(ring.dropped == 997)
    ring.append(String(repeating: "x", count: 1000))
    #expect(ring.lines.count == 1)
  }
}

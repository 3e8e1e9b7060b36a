import JSON
import TestSupport
import Testing

@testable import Transports

@Suite(.inTurns) struct StdioFramingTests {
  /// Feeds the text whole, byte by byte and in threes: the outcome must be the same. `m` is a message as compact
  /// JSON (with its number of lines where it has several), `n` noise.
  private func check(
    _ text: String, _ expected: [String], location: SourceLocation = #_sourceLocation
  ) {
    for size in [Int.max, 1, 3] {
      #expect(feed(Array(text.utf8), by: size) == expected, sourceLocation: location)
    }
  }

  private func feed(_ bytes: [UInt8], by size: Int) -> [String] {
    var lines = LineBuffer(limit: 1 << 20)
    var framing = StdioFraming()
    var found: [String] = []
    func note(_ item: StdioFraming.Item) {
      switch item {
      case .message(_, let reading, let lines):
        found.append((lines > 1 ? "m\(lines) " : "m ") + reading.value.compact)
      case .noise(let bytes, _, _, _): found.append("n " + String(decoding: bytes, as: UTF8.self))
      }
    }
    var start = 0
    while start < bytes.count {
      let end = size > bytes.count - start ? bytes.count : start + size
      bytes[start..<end].withUnsafeBytes { piece in lines.take(piece) { framing.take($0, note) } }
      start = end
    }
    lines.flush { framing.take($0, note) }
    framing.flush(note)
    return found
  }

  @Test func `a flood of noise is told by the piece, its beginning for all of it`() {
    var flood = NoiseFlood()
    func pieces(_ count: Int) -> [String] {
      var items: [StdioFraming.Item] = []
      for number in 1...count {
        flood.add(.noise(Array("x\(number)".utf8), size: 2, .notJSON), to: &items)
      }
      return items.map { item in
        guard case .noise(let bytes, let size, let lines, _) = item else { return "message" }
        return "\(String(decoding: bytes, as: UTF8.self)) \(size) \(lines)"
      }
    }
    #expect(pieces(100) == (1...100).map { "x\($0) 2 1" })
    #expect(pieces(1000) == ["x1 2000 1000"])
  }

  @Test func `a line is a message, whatever its end`() {
    check(
      "{\"a\":1}\n{\"b\":2}\r\n\n  \t\r\n{\"c\":\"ü😀\"}\n",
      [
        "m {\"a\":1}", "m {\"b\":2}", "m {\"c\":\"ü😀\"}",
      ])
    check("[{\"id\":1},{\"id\":2}]\n", ["m [{\"id\":1},{\"id\":2}]"])
    check("  {\"a\":1}  \n", ["m {\"a\":1}"])
    check("{\"last\":1}", ["m {\"last\":1}"])
    check("", [])
  }

  @Test func `what is no message is noise and the next line counts again`() {
    check("Server started\n{\"a\":1}\nbye", ["n Server started", "m {\"a\":1}", "n bye"])
    check(
      "[INFO] x\n[1,2]\n\"text\"\n42\nnull\n",
      [
        "n [INFO] x", "n [1,2]", "n \"text\"", "n 42", "n null",
      ])
    check("\u{1B}[32mok\u{1B}[0m\n", ["n \u{1B}[32mok\u{1B}[0m"])
    check("{\"a\":}\n{\"b\":1}\n", ["n {\"a\":}", "m {\"b\":1}"])
    check("{not json}\n", ["n {not json}"])
  }

  @Test func `messages are found among text on the same line`() {
    check("Ready.{\"jsonrpc\":\"2.0\"}\n", ["n Ready.", "m {\"jsonrpc\":\"2.0\"}"])
    check("\u{FEFF}{\"a\":1}\n", ["n \u{FEFF}", "m {\"a\":1}"])
    check("{\"a\":1}{\"b\":2} {\"c\":3}\n", ["m {\"a\":1}", "m {\"b\":2}", "m {\"c\":3}"])
    check("{\"a\":1} trailing words\n", ["m {\"a\":1}", "n trailing words"])
    check("[x] { \"a\":1}\n", ["n [x] ", "m {\"a\":1}"])
    check("{oops {\"a\":1}\n", ["n {oops ", "m {\"a\":1}"])
  }

  @Test func `a message may be written over many lines`() {
    let pretty = "{\n  \"a\": [\n    1,\n    {\"x\": \"}\"}\n  ]\n}\n"
    check(pretty + "{\"b\":1}\n", ["m6 {\"a\":[1,{\"x\":\"}\"}]}", "m {\"b\":1}"])
    check("log\n" + pretty, ["n log", "m6 {\"a\":[1,{\"x\":\"}\"}]}"])
    check("[\n {\"a\":1},\n {\"b\":2}\n]\n", ["m4 [{\"a\":1},{\"b\":2}]"])
    check("{\n\n  \"a\": 1\n\n}\n", ["m3 {\"a\":1}"])
  }

  @Test func `a message that is begun and not ended does not swallow those after it`() {
    check("{\n{\"a\":1}\n", ["n {\n", "m {\"a\":1}"])
    check("{\"half\": [1,\n{\"a\":1}\n", ["n {\"half\": [1,\n", "m {\"a\":1}"])
    check("{\"half\": \"text\n{\"a\":1}\n", ["n {\"half\": \"text", "m {\"a\":1}"])
    check("{\n  \"a\": 1\n", ["n {\n  \"a\": 1\n"])
    check("{\n  \"a\": 1\n]]\n{\"b\":1}\n", ["n {\n  \"a\": 1\n]]\n", "m {\"b\":1}"])
  }

  @Test func `broken characters are findings, not failures`() throws {
    var lines = LineBuffer(limit: 100)
    var framing = StdioFraming()
    var findings: [JSONFinding.Kind] = []
    let text: [UInt8] = Array("{\"a\":\"".utf8) + [0xFF] + Array("\",\"a\":1}\n".utf8)
    text.withUnsafeBytes { bytes in
      lines.take(bytes) { line in
        framing.take(line) { item in
          if case .message(_, let reading, _) = item { findings = reading.findings.map(\.kind) }
        }
      }
    }
    #expect(findings == [.invalidUTF8(length: 1), .duplicateKey("a")])
  }

  @Test func `a line beyond the limit is counted and not kept`() {
    var lines = LineBuffer(limit: 10_000)
    var found: [LineBuffer.Line] = []
    let long = [UInt8](repeating: 0x78, count: 7000)
    for _ in 0..<10 { long.withUnsafeBytes { lines.take($0) { found.append($0) } } }
    Array("\nok\n".utf8).withUnsafeBytes { lines.take($0) { found.append($0) } }
    #expect(
      found == [
        .tooLong(first: [UInt8](repeating: 0x78, count: Noise.shownBytes), size: 70_000),
        .whole(Array("ok".utf8)),
      ])
  }

  @Test func `brackets without end are noise`() {
    let deep = String(repeating: "[", count: 100_000)
    let found = feed(Array((deep + "\n{\"a\":1}\n").utf8), by: .max)
    #expect(found.last == "m {\"a\":1}")
  }

  @Test func `a message is read as far down as it can be, whatever its depth`() {
    let deep =
      String(repeating: "[{\"a\":", count: 5000) + "1" + String(repeating: "}]", count: 5000)
    let head = "{\"id\":1,\"r\":"
    for text in ["\(head)\(deep)} {\"b\":2}\n", "\(head)\n\(deep)\n}\n{\"b\":2}\n"] {
      let found = feed(Array(text.utf8), by: .max)
      #expect(found.count == 2)
      #expect(found.first?.contains("{\"id\":1,\"r\":[{\"a\":[") == true)
      #expect(found.first?.contains("{\\\"a\\\":[") == true)
      #expect(found.last == "m {\"b\":2}")
    }
  }

  @Test func `only frames that were not written fail with a pipe`() {
    var outbox = Outbox()
    let ids = [outbox.add(10), outbox.add(20), outbox.add(30)]
    outbox.forget(writtenBut: 45)
    #expect(outbox.takeUnwritten() == [ids[1], ids[2]])
    _ = outbox.add(5)
    outbox.removeLast()
    outbox.forget(writtenBut: 0)
    #expect(outbox.takeUnwritten().isEmpty)
  }
}

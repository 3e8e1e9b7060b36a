import JSON
import Testing

@Suite struct LineSplitterTests {
  private func lines(_ pieces: [String], limit: Int = 1_000) -> [String] {
    var splitter = LineSplitter(limit: limit)
    var lines = pieces.flatMap { splitter.take(Array($0.utf8)) }
    if let last = splitter.finish() { lines.append(last) }
    #expect(splitter.pendingCount == 0)
    return lines.map { line in
      switch line {
      case .whole(let bytes): String(decoding: bytes, as: UTF8.self)
      case .oversized(let length, let head):
        "\(length) bytes: \(String(decoding: head.prefix(4), as: UTF8.self))"
      }
    }
  }

  @Test func `lines come whole however the stream is cut`() {
    let text = "{\"a\":1}\n\r\n\nb\r\r\nzwölf\nlast"
    let expected = ["{\"a\":1}", "", "", "b\r", "zwölf", "last"]
    #expect(lines([text]) == expected)
    #expect(lines(text.unicodeScalars.map { String($0) }) == expected)
    for cut in 0...text.unicodeScalars.count {
      let scalars = Array(text.unicodeScalars)
      let pieces = [scalars[..<cut], scalars[cut...]].map { piece in
        piece.reduce(into: "") { $0.unicodeScalars.append($1) }
      }
      #expect(lines(pieces) == expected)
    }
    #expect(lines(["", "\n", ""]) == [""])
    #expect(lines([]) == [])
  }

  @Test func `a line over the limit is told and skipped, the next one read`() {
    #expect(
      lines(["123456\n12345\n12345\r\nx"], limit: 5) == ["6 bytes: 1234", "12345", "12345", "x"])
    #expect(lines(["1", "2345", "6", "7\n", "ok\n"], limit: 5) == ["7 bytes: 1234", "ok"])
    #expect(lines(["12345\r", "\n", "12345\r", "6\n"], limit: 5) == ["12345", "7 bytes: 1234"])
    #expect(lines(["123456"], limit: 5) == ["6 bytes: 1234"])
    #expect(lines(["1\n\n"], limit: 0) == ["1 bytes: 1", ""])
    let long = String(repeating: "x", count: 5_000)
    #expect(lines([long, long, "\r\nok"], limit: 6_000) == ["10000 bytes: xxxx", "ok"])
  }

  @Test func `megabytes in small pieces take linear time`() {
    var splitter = LineSplitter()
    let piece = [UInt8](repeating: 0x61, count: 4_096)
    for _ in 0..<2_048 { #expect(splitter.take(piece).isEmpty) }
    #expect(splitter.pendingCount == 8 << 20)
    #expect(splitter.take([0x0A]).count == 1)
  }
}

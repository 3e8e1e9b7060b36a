import HTTPCore
import TestRandom
import Testing

@Suite struct EventStreamTests {
  private func read(_ text: String, limit: Int = 1 << 20) -> [String] {
    read(Array(text.utf8), pieces: [text.utf8.count], limit: limit)
  }

  private func read(_ bytes: [UInt8], pieces: [Int], limit: Int = 1 << 20) -> [String] {
    var parser = EventStreamParser(maximumEventSize: limit)
    var shown: [String] = []
    var index = 0
    for size in pieces {
      let end = min(index + size, bytes.count)
      shown += parser.feed(Array(bytes[index..<end])).map(text)
      index = end
    }
    if let left = parser.finish() { shown.append("left:" + text(.event(left))) }
    return shown
  }

  private func text(_ item: EventStreamItem) -> String {
    switch item {
    case .event(let event): "\(event.type)|\(event.text)|\(event.id ?? "–")"
    case .identifier(let id): "id|\(id)"
    case .retry(let time): "retry|\(time)"
    case .comment: "comment"
    case .issue(let issue): "issue|\(issue)"
    }
  }

  private static let rows: [(String, [String])] = [
    ("data: a\n\n", ["message|a|–"]),
    ("data:a\r\n\r\n", ["message|a|–"]),
    ("data:  a\r\r", ["message| a|–"]),
    ("event: x\ndata: 1\ndata: 2\n\n", ["x|1\n2|–"]),
    ("data\n\n", ["message||–"]),
    ("data\ndata\n\n", ["message|\n|–"]),
    ("data:\n\n", ["message||–"]),
    ("event: x\n\n", []),
    ("id: 7\ndata: a\n\ndata: b\n\n", ["message|a|7", "message|b|7"]),
    ("id: 7\n\n", ["id|7"]),
    ("id\ndata: a\n\n", ["message|a|"]),
    ("id: a\0b\ndata: c\n\n", ["issue|identifierWithNUL", "message|c|–"]),
    ("retry: 500\n\n", ["retry|500"]),
    ("retry: 5s\n", ["issue|badRetry(\"5s\")"]),
    ("retry: 99999999999999999999\n", ["issue|badRetry(\"99999999999999999999\")"]),
    ("retry:\n", ["issue|badRetry(\"\")"]),
    (": ping\n\n:\n", ["comment", "comment"]),
    ("foo: bar\n\n", ["issue|unknownField(\"foo\")"]),
    ("Data: a\n\n", ["issue|unknownField(\"Data\")"]),
    ("data: a", ["left:message|a|–"]),
    ("data: a\n", ["left:message|a|–"]),
    ("id: 1\n", []),
    ("\u{FEFF}data: a\n\n", ["message|a|–"]),
    ("\u{FEFF}\u{FEFF}data: a\n\n", ["issue|unknownField(\"\u{FEFF}data\")"]),
    ("\n\n\r\n\r", []),
    ("data: a\n\rdata: b\r\n\n", ["message|a|–", "message|b|–"]),
    ("data: é世\n\n", ["message|é世|–"]),
    ("event: endpoint\ndata: /m?s=1\n\n", ["endpoint|/m?s=1|–"]),
  ]

  @Test func `streams read as the standard says`() {
    for (stream, expected) in Self.rows {
      #expect(read(stream) == expected, "\(stream.debugDescription)")
    }
  }

  @Test func `a stream reads the same wherever it is cut`() {
    for (stream, expected) in Self.rows {
      let bytes = Array(stream.utf8)
      for cut in 0...bytes.count {
        #expect(
          read(bytes, pieces: [cut, bytes.count]) == expected,
          "\(stream.debugDescription) at \(cut)")
      }
      #expect(
        read(bytes, pieces: bytes.map { _ in 1 }) == expected, "\(stream.debugDescription) in bytes"
      )
    }
  }

  @Test func `random streams read the same in random pieces`() {
    var random = SeededRandom(seed: 11)
    let alphabet = Array("data:id event\r\n\n\n\r 12\0\u{FEFF}".utf8)
    for _ in 0..<1500 {
      let bytes = (0..<60).map { _ in alphabet.randomElement(using: &random) ?? 0x0A }
      let pieces = (0..<60).map { _ in Int.random(in: 1...7, using: &random) }
      #expect(read(bytes, pieces: pieces) == read(bytes, pieces: [60]))
    }
  }

  @Test func `too large an event is dropped and the stream goes on`() {
    let stream = "id: 1\ndata: " + String(repeating: "x", count: 100) + "\ndata: y\n\ndata: ok\n\n"
    #expect(read(stream, limit: 50) == ["issue|eventTooLarge(limit: 50)", "message|ok|1"])
    #expect(read("data: 12\ndata: 45\n\n", limit: 5) == ["message|12\n45|–"])
    #expect(read("data: 12\ndata: 45\n\n", limit: 4) == ["issue|eventTooLarge(limit: 4)"])
  }

  @Test func `endless names and ids do not grow`() {
    var parser = EventStreamParser()
    for _ in 0..<1000 { _ = parser.feed(Array("nnnnnnnnnn".utf8)) }
    #expect(
      parser.feed(Array(":\n".utf8)) == [.issue(.unknownField(String(repeating: "n", count: 64)))])
  }

  @Test func `a stream can be taken up where another ended`() {
    var parser = EventStreamParser(lastEventID: "41")
    #expect(
      parser.feed(Array("data: a\n\n".utf8)) == [.event(ServerSentEvent(data: "a", id: "41"))])
    _ = parser.feed(Array("id: 42\n".utf8))
    #expect(parser.lastEventID == "41")
    _ = parser.feed(Array("\n".utf8))
    #expect(parser.lastEventID == "42")
  }

  @Test func `fifty megabytes in one event cost linear time`() {
    var parser = EventStreamParser(maximumEventSize: 64 << 20)
    let piece = [UInt8](repeating: 0x61, count: 16_384)
    _ = parser.feed(Array("data: ".utf8))
    for _ in 0..<3200 { _ = parser.feed(piece) }
    let items = parser.feed(Array("\n\n".utf8))
    guard case .event(let event) = items.first else {
      Issue.record("no event")
      return
    }
    #expect(event.data.count == 3200 * 16_384)
  }

  @Test func `what is written reads back`() {
    let events = [
      ServerSentEvent(data: "a"), ServerSentEvent(type: "x", data: "1\n2\r3\r\n4", id: "9"),
      ServerSentEvent(data: ""), ServerSentEvent(data: "\n"),
      ServerSentEvent(data: " lead", id: "9"),
    ]
    var parser = EventStreamParser()
    var stream = EventStreamWriter.comment("hi\nthere")
    for event in events {
      stream += EventStreamWriter.event(event, retry: event.type == "x" ? 250 : nil)
    }
    let items = parser.feed(stream)
    #expect(items.contains(.comment))
    #expect(items.contains(.retry(milliseconds: 250)))
    let read = items.compactMap { if case .event(let event) = $0 { event.text } else { nil } }
    #expect(read == ["a", "1\n2\n3\n4", "", "\n", " lead"])
    let bad = EventStreamWriter.event(ServerSentEvent(type: "a\nb", data: "c", id: "1\n2"))
    #expect(String(decoding: bad, as: UTF8.self) == "event: ab\ndata: c\n\n")
  }
}

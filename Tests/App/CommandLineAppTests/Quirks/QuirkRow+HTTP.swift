import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  private static func raw(_ head: String, _ body: String = Reply.message) -> QuirkRow.Server {
    .list(.raw(head.replacing("\n", with: "\r\n") + "\r\n\r\n" + body))
  }

  private static func cut(_ text: String, into size: Int, trailer: String = "") -> String {
    let filled = Array(text.replacing("{id}", with: "2").utf8)
    let pieces = stride(from: 0, to: filled.count, by: size).map { start in
      let piece = filled[start..<min(start + size, filled.count)]
      return String(piece.count, radix: 16) + ";x=y\r\n" + String(decoding: piece, as: UTF8.self)
        + "\r\n"
    }
    return pieces.joined() + "0\r\n" + trailer + "\r\n"
  }

  /// Framing, status and types of single answers.
  static let answers: [QuirkRow] = [
    QuirkRow(
      "chunks with extensions and a trailer",
      raw(
        "HTTP/1.1 200 OK\nContent-Type: application/json\nTransfer-Encoding: chunked",
        cut(Reply.message, into: 7, trailer: "X-Sum: 1\r\n")), output: "add"),
    QuirkRow(
      "chunks beside a length",
      raw(
        "HTTP/1.1 200 OK\nContent-Length: 3\nTransfer-Encoding: chunked",
        cut(Reply.message, into: 50)), output: "add"),
    QuirkRow(
      "an end within the head", .list(.raw("HTTP/1.1 200 OK\r\nContent-Le")), "list tools URL",
      .unreachable, errors: "in the middle of its answer", never: "No error"),
    QuirkRow(
      "a chunk without size", raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "zz\r\nx"),
      "list tools URL", .unreachable, errors: "is not proper HTTP"),
    QuirkRow(
      "HTTP/1.0 without length", raw("HTTP/1.0 200 OK\nContent-Type: application/json"),
      output: "add"),
    QuirkRow("HTTP/1.1 without length", raw("HTTP/1.1 200 OK"), output: "add"),
    QuirkRow(
      "a length too short",
      raw("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 20"), "list tools URL",
      .protocolError, errors: "20 bytes were skipped", "broken answer from URL"),
    QuirkRow(
      "two lengths", raw("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 9"),
      "list tools URL", .unreachable, errors: "it names two different lengths"),
    QuirkRow(
      "a length that is no number", raw("HTTP/1.1 200 OK\nContent-Length: abc"), "list tools URL",
      .unreachable, errors: "is not proper HTTP"),
    QuirkRow(
      "a status that is no number", raw("HTTP/1.1 abc X\nContent-Length: 2", "{}"),
      "list tools URL", .unreachable, errors: "is not proper HTTP"),
    QuirkRow(
      "a status below all statuses", raw("HTTP/1.1 99 X\nContent-Length: 2", "{}"),
      "list tools URL", .unreachable, errors: "is not proper HTTP"),
    QuirkRow(
      "hints and leave to go on before the answer",
      raw("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </x>\n\nHTTP/1.1 200 OK"),
      output: "add"),
    QuirkRow("201 with an answer", .list(.status("201 Created", [], Reply.message)), output: "add"),
    QuirkRow(
      "202 with an answer", .list(.status("202 Accepted", [], Reply.message)), output: "add"),
    QuirkRow(
      "203 with an answer", .list(.status("203 Non-Authoritative", [], Reply.message)),
      output: "add"),
    QuirkRow(
      "a status nobody knows", .list(.status("999 Denied", [], "no")), "list tools URL",
      .unreachable, errors: "HTTP 999: no"),
    QuirkRow(
      "304", .list(.status("304 Not Modified")), "list tools URL", .unreachable,
      errors: "HTTP 304 (Not Modified)"),
    QuirkRow(
      "an encoding nobody knows",
      .list(.status("200 OK", ["Content-Encoding: aws-chunked"], Reply.message)),
      "list tools URL", .unreachable, errors: "could not be decompressed"),
    QuirkRow(
      "text that is said to be compressed",
      .list(.status("200 OK", ["Content-Encoding: gzip"], Reply.message)), "list tools URL",
      .unreachable, errors: "could not be decompressed"),
    QuirkRow(
      "two content types",
      .list(.status("200 OK", ["Content-Type: text/html", "Content-Type: x"], Reply.message)),
      output: "add"),
    QuirkRow(
      "a content type that is none",
      .list(.status("200 OK", ["Content-Type: ;;=="], Reply.message)),
      output: "add"),
    QuirkRow(
      "a type of its own ending in json",
      .list(.status("200 OK", ["Content-Type: application/vnd.x+json"], Reply.message)),
      output: "add"),
    QuirkRow(
      "a header in 8-bit characters, folded",
      .list(.status("200 OK", ["X-Y: caf\u{E9}\r\n z"], Reply.message)), output: "add"),
    QuirkRow(
      "a comment behind the answer", .list(.init(stringLiteral: Reply.message + "\n<!-- 3 ms -->")),
      "list tools URL -v", output: "add", errors: "<!-- 3 ms -->"),
    QuirkRow(
      "NUL bytes behind the answer", .list(.init(stringLiteral: Reply.message + "\0\0")),
      output: "add"),
    QuirkRow(
      "a message a line",
      .list(
        .init(
          stringLiteral: #"{"jsonrpc":"2.0","method":"notifications/x"}"# + "\n" + Reply.message)),
      output: "add"),
    QuirkRow(
      "UTF-16", .list(.init(stringLiteral: "{\0\"\0a\0\"\0:\u{0}1\u{0}}\0")), "list tools URL",
      .protocolError, errors: "the text is UTF-16, JSON is UTF-8"),
    QuirkRow(
      "202 and no answer ever", .list(.status("202 Accepted")), "list tools URL --timeout 1",
      .timedOut, errors: "tools/list was only taken note of (HTTP 202)",
      "no answer and no progress for 1 s"),
    QuirkRow(
      "a notification refused", .http(["POST notifications/initialized": [.status("400 No")]]),
      output: "add"),
    QuirkRow(
      "a notification answered 200",
      .http(["POST notifications/initialized": [.status("200 OK", [], "{}")]]), output: "add"),
    QuirkRow(
      "a standing stream that is a page", .http(["GET": [.html("<html>")]]), output: "add"),
    QuirkRow("a standing stream that hangs", .http(["GET": [.silence]]), output: "add"),
    QuirkRow("a standing stream refused 406", .http(["GET": [.status("406 No")]]), output: "add"),
    QuirkRow("a standing stream refused 404", .http(["GET": [.status("404 No")]]), output: "add"),
    QuirkRow("a standing stream refused 400", .http(["GET": [.status("400 No")]]), output: "add"),
  ]

  private static let cutStream = "id: 1\nretry: 10\ndata:\n\n"

  /// Event streams.
  static let streams: [QuirkRow] = [
    QuirkRow("data without a space", .list(.stream("data:\(Reply.message)\n\n")), output: "add"),
    QuirkRow(
      "an answer in an event of another type",
      .list(.stream("event: response\ndata: \(Reply.message)\n\n")), output: "add",
      errors: "an event of type “response”"),
    QuirkRow(
      "an error event in words", .list(.stream("event: error\ndata: it broke\n\n")),
      "list tools URL", .protocolError, errors: "ended without an answer", "“it broke”"),
    QuirkRow(
      "8-bit garbage among the lines",
      .list(.stream("\u{80}\u{FF}garbage\n\ndata: \(Reply.message)\n\n")), output: "add"),
    QuirkRow(
      "two messages in one event",
      .list(
        .stream(
          "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\ndata: \(Reply.message)\n\n")),
      output: "add"),
    QuirkRow(
      "a word at the end", .list(.stream("data: \(Reply.message)\n\ndata: [DONE]\n\n")),
      output: "add"),
    QuirkRow(
      "an id, an end, and the rest when asked again",
      .http([
        "POST tools/list": [.stream(cutStream)],
        "GET": [.stream("data: \(Reply.message.replacing("{id}", with: "2"))\n\n")],
      ]), output: "add"),
    QuirkRow(
      "an id, an end, and no word of when to ask again",
      .http([
        "POST tools/list": [.stream("id: 1\ndata:\n\n")],
        "GET": [.stream("data: \(Reply.message.replacing("{id}", with: "2"))\n\n")],
      ]), output: "add"),
    QuirkRow(
      "an id, an end, and no replay", .list(.stream(cutStream)), "list tools URL", .unreachable,
      errors: "ended before the answer; whether it was done is unknown"),
    QuirkRow(
      "streams that end again and again",
      .http(["POST tools/list": [.stream(cutStream)], "GET": [.stream("id: 2\n\n")]]),
      "list tools URL --timeout 1", .timedOut, errors: "no answer and no progress for 1 s"),
    QuirkRow(
      "a wait beyond all numbers",
      .list(.stream("id: 1\nretry: 99999999999999999999\ndata:\n\n")),
      "list tools URL --timeout 3", .unreachable, errors: "ended before the answer"),
    QuirkRow(
      "an id with a NUL", .list(.stream("id: a\0b\ndata: \(Reply.message)\n\n")), output: "add"),
  ]
}

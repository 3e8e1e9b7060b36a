import HTTPCore

extension FuzzSubject {
  /// Events are the same in whatever pieces the stream comes.
  static let eventStream = FuzzSubject(
    "event-stream",
    words: [
      "data:", "data: ", "event: ", "id: ", "retry: ", "\n", "\r", "\r\n", "\n\n", ":", "\u{FEFF}",
      "\0", "retry: 99999999999999999999",
    ]
  ) { bytes in
    var (whole, pieces) = (
      EventStreamParser(maximumEventSize: 128), EventStreamParser(maximumEventSize: 128)
    )
    let events = whole.feed(bytes)
    let apart = bytes.flatMap { pieces.feed([$0]) }
    return differs(events, apart, "an event") ?? differs(whole.finish(), pieces.finish(), "the end")
      ?? differs(whole.lastEventID, pieces.lastEventID, "the last id")
  }

  /// Requests are the same in whatever pieces they come, and never longer than their limits.
  static let requestHead = FuzzSubject(
    "request",
    words: [
      "GET / HTTP/1.1\r\n", "POST /mcp HTTP/1.1\r\n", "Host: a\r\n", "Content-Length: 3\r\n",
      "Transfer-Encoding: chunked\r\n", "\r\n", "\r\n\r\n", "0\r\n\r\n", "5;x=y\r\nhello\r\n",
      "Expect: 100-continue\r\n", ": ", "\n", " ", "\t", "ffffffffffffffff\r\n", "HTTP/1.0",
    ]
  ) { bytes in
    var limits = HTTPRequestLimits()
    limits.bodyBytes = 256
    return differs(
      requests(in: [bytes], limits), requests(in: bytes.map { [$0] }, limits), "a request")
  }

  private static func requests(
    in pieces: [[UInt8]], _ limits: HTTPRequestLimits
  ) -> [HTTPRequestParser.Step] {
    var (parser, found) = (HTTPRequestParser(limits: limits), [HTTPRequestParser.Step]())
    for piece in pieces {
      parser.append(piece)
      reading: while true {
        switch parser.next() {
        case .needsMore, .wantsContinue: break reading
        case .request(let request): found.append(.request(request))
        case .refused(let problem): return found + [.refused(problem)]
        }
      }
    }
    return found
  }

  /// Challenges are read whatever they look like, and one line twice gives its challenges twice.
  static let challenge = FuzzSubject(
    "challenge",
    words: [
      "Bearer ", "realm=\"x\"", "resource_metadata=\"https://a/b\"", "error=", ", ", "=", "\\\"",
      "DPoP algs=\"ES256\"", "Basic abc==", "scope=\"a b\"", "\"",
    ]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let once = AuthChallenges([text])
    let twice = AuthChallenges([text, text])
    return twice.challenges == once.challenges + once.challenges
      ? nil : "the same line is read in two ways"
  }

  /// What a template makes of values is matched by it again without a trap, and is the same every time.
  static let uriTemplate = FuzzSubject(
    "uri-template",
    words: [
      "{", "}", "{a}", "{+a}", "{#a}", "{?a,b*}", "{&a:3}", "{/a*}", "{;x}", "%7B", ":0", ",",
    ]
  ) { bytes in
    guard let template = try? URITemplate(String(decoding: bytes, as: UTF8.self)) else {
      return nil
    }
    let values = Dictionary(
      template.variables.map { ($0.name, URITemplateValue.string("a/b é?")) },
      uniquingKeysWith: { first, _ in first })
    let uri = template.expand(values)
    if uri != template.expand(values) { return "the same values give two URIs" }
    _ = template.match(uri)
    return nil
  }

  /// A URL that is written is read as the same URL.
  static let url = FuzzSubject(
    "url",
    words: [
      "http://", "https://", "://", "user:pw@", "[::1]", "127.0.0.1", ":80", ":99999", "/../", "//",
      "?a=b", "#f", "%2F", "%", "é", "\\", "xn--",
    ]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    guard let url = try? WebURL(text) else { return nil }
    guard let again = try? WebURL(url.text) else { return "it is no URL when written: \(url.text)" }
    return again.text == url.text ? nil : "it changes when read again: \(url.text), \(again.text)"
  }
}

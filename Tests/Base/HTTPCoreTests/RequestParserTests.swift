import HTTPCore
import Testing

@Suite struct RequestParserTests {
  /// All that the parser makes of these bytes, given to it in pieces of that size.
  private func steps(
    _ text: String, pieces size: Int = .max, limits: HTTPRequestLimits = HTTPRequestLimits()
  ) -> [HTTPRequestParser.Step] {
    var parser = HTTPRequestParser(limits: limits)
    var steps: [HTTPRequestParser.Step] = []
    var rest = Array(text.utf8)[...]
    repeat {
      parser.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
      loop: while true {
        let step = parser.next()
        switch step {
        case .needsMore:
          if rest.isEmpty { steps.append(step) }
          break loop
        case .refused:
          steps.append(step)
          return steps
        case .request, .wantsContinue: steps.append(step)
        }
      }
    } while !rest.isEmpty
    return steps
  }

  private func requests(_ text: String, pieces size: Int = .max) -> [HTTPReceivedRequest] {
    steps(text, pieces: size).compactMap { step in
      if case .request(let request) = step { request } else { nil }
    }
  }

  private static let plain =
    "POST /mcp?a=1 HTTP/1.1\r\nHost: localhost:3000\r\nContent-Type:  application/json \r\nContent-Length: 4\r\n\r\n{} \n"
  private static let chunked =
    "POST / HTTP/1.1\r\nhost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n00A\r\n0123456789\r\n0\r\nDigest: x\r\n\r\n"

  @Test(arguments: [1, 2, 3, 7, 64, Int.max])
  func `a request is the same in whatever pieces it comes`(size: Int) throws {
    let found = requests(Self.plain + "\r\n" + Self.chunked + Self.plain, pieces: size)
    #expect(found.count == 3)
    let first = try #require(found.first)
    #expect(first.head.method == "POST" && first.head.target == "/mcp?a=1")
    #expect(first.head.fields["content-type"] == "application/json")
    #expect(first.body == Array("{} \n".utf8))
    #expect(found[1].body == Array("abc0123456789".utf8))
    #expect(found[2] == first)
  }

  @Test(arguments: [1, 7, 64, Int.max])
  func `a head that comes again says the same, and one that differs in a byte does not`(
    size: Int
  ) {
    let other = Self.plain.replacing("a=1", with: "a=2")
    let texts = [Self.plain, Self.plain, other, Self.plain, Self.chunked, Self.chunked, other]
    let found = requests(texts.joined(), pieces: size)
    #expect(found == texts.flatMap { requests($0) })
    #expect(
      found.map(\.head.target) == [
        "/mcp?a=1", "/mcp?a=1", "/mcp?a=2", "/mcp?a=1", "/", "/", "/mcp?a=2",
      ])
  }

  @Test func `a refusal comes as well behind a head that was read before`() {
    let broken = Self.plain.replacing("{} \n", with: "{}\n\n") + "GET\n"
    #expect(steps(Self.plain + broken).last == .refused(.bareLineFeed))
  }

  /// A head whose request line and fields stand there with `|` for line breaks.
  private func head(_ lines: String) -> String {
    lines.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\r\n")
      + "\r\n\r\n"
  }

  @Test func `a control is refused wherever it stands in a value, and a tab is none`() {
    let rows: [(UInt8, isGood: Bool)] = [
      (0x00, false), (0x01, false), (0x0B, false), (0x1F, false), (0x7F, false), (0x09, true),
      (0x20, true), (0x7E, true), (0x80, true), (0xFF, true),
    ]
    for (byte, isGood) in rows {
      for place in 1..<30 {
        var value = [UInt8](repeating: UInt8(ascii: "a"), count: 31)
        value[place] = byte
        var parser = HTTPRequestParser()
        parser.append(Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + value + [13, 10, 13, 10])
        let step = parser.next()
        let found =
          if case .request(let request) = step { request.head.fields["X"] } else { nil as String? }
        #expect((found != nil) == isGood, "\(byte) at \(place): \(step)")
        if !isGood { #expect(step == .refused(.malformedField)) }
      }
    }
  }

  @Test func `what may be read in two ways is refused`() {
    let rows: [(String, HTTPRequestProblem)] = [
      ("GET / HTTP/1.1\nHost: a", .bareLineFeed),
      ("GET / HTTP/1.1|Host: a\nX: b", .bareLineFeed),
      ("GET / HTTP/1.1|Host: a\rX: b", .malformedField),
      ("GET / HTTP/1.1|Host: a|X: a\rb", .malformedField),
      ("GET / HTTP/1.1|Host: a|X: a\0b", .malformedField),
      ("GET / HTTP/1.1|Host: a| folded: x", .foldedField),
      ("GET / HTTP/1.1|Host: a|\tfolded", .foldedField),
      ("GET / HTTP/1.1|Host: a|X : b", .malformedField),
      ("GET / HTTP/1.1|Host: a|: b", .malformedField),
      ("GET / HTTP/1.1|Host: a|no colon", .malformedField),
      ("GET  / HTTP/1.1|Host: a", .malformedRequestLine),
      ("GET / HTTP/1.1 |Host: a", .malformedRequestLine),
      ("GET /a b HTTP/1.1|Host: a", .malformedRequestLine),
      ("GET /|Host: a", .malformedRequestLine),
      ("G(T / HTTP/1.1|Host: a", .malformedRequestLine),
      (" GET / HTTP/1.1|Host: a", .malformedRequestLine),
      ("GET / http/1.1|Host: a", .malformedRequestLine),
      ("GET / HTTP/1.10|Host: a", .malformedRequestLine),
      ("GET / HTTP/2.0|Host: a", .unsupportedVersion),
      ("GET / HTTP/1.2|Host: a", .unsupportedVersion),
      ("PRI * HTTP/2.0", .unsupportedVersion),
      ("CONNECT a:443 HTTP/1.1|Host: a", .unsupportedMethod),
      ("GET a HTTP/1.1|Host: a", .malformedTarget),
      ("GET * HTTP/1.1|Host: a", .malformedTarget),
      ("GET /ä HTTP/1.1|Host: a", .malformedTarget),
      ("GET /#x HTTP/1.1|Host: a", .malformedTarget),
      ("GET http:// HTTP/1.1|Host: a", .malformedTarget),
      ("GET ftp://a/ HTTP/1.1|Host: a", .malformedTarget),
      ("GET / HTTP/1.1", .missingHost),
      ("GET / HTTP/1.1|Host: a|host: a", .missingHost),
      ("GET / HTTP/1.1|Host: a/b", .malformedHost),
      ("GET / HTTP/1.1|Host: a@b", .malformedHost),
      ("POST / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 1", .repeatedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: 1, 1", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: +1", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: -1", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length:", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: 0x1", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: 99999999999999999999", .malformedLength),
      ("POST / HTTP/1.1|Host: a|Content-Length: 999999999999999999", .bodyTooLarge),
      (
        "POST / HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked", .lengthAndCoding
      ),
      (
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        .repeatedCoding
      ),
      ("POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked", .unsupportedCoding),
      ("POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked", .unsupportedCoding),
      ("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked\u{b}", .malformedField),
      ("POST / HTTP/1.0|Transfer-Encoding: chunked", .codingInOldVersion),
      ("POST / HTTP/1.1|Host: a|Expect: 200-ok", .unknownExpectation),
      ("||| GET / HTTP/1.1|Host: a", .malformedRequestLine),
    ]
    for (text, problem) in rows {
      #expect(steps(head(text)).last == .refused(problem), "\(text.debugDescription)")
    }
  }

  @Test func `chunks are read to the letter`() {
    let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    let rows: [(String, HTTPRequestProblem?)] = [
      ("0\r\n\r\n", nil), ("1\r\na\r\n0\r\n\r\n", nil), ("1 ;a\r\na\r\n0\r\n\r\n", nil),
      ("1\na\r\n0\r\n\r\n", .malformedChunk), ("\r\n", .malformedChunk),
      ("g\r\n", .malformedChunk), ("0x1\r\n", .malformedChunk), ("-1\r\n", .malformedChunk),
      ("1 \r\na\r\n", .malformedChunk), ("1;\u{0}\r\na\r\n", .malformedChunk),
      ("1\r\nab\r\n", .malformedChunk), ("1\r\na\n0\r\n\r\n", .malformedChunk),
      ("1\r\na0\r\n\r\n", .malformedChunk), ("ffffffffffffffff\r\n", .malformedChunk),
      ("fffffffffffffff\r\n", .bodyTooLarge), ("0\r\nno colon\r\n\r\n", .malformedField),
      ("0\r\n x: y\r\n\r\n", .malformedField),
      ("1;\(String(repeating: "x", count: 300))", .malformedChunk),
    ]
    for (text, problem) in rows {
      let last = steps(start + text).last
      if let problem {
        #expect(last == .refused(problem), "\(text.debugDescription)")
      } else {
        #expect(last == .needsMore(.nothing), "\(text.debugDescription)")
      }
    }
  }

  @Test func `limits hold for what has not ended yet, too`() {
    var limits = HTTPRequestLimits()
    limits.headBytes = 200
    limits.targetBytes = 20
    limits.fields = 3
    limits.bodyBytes = 5
    let long = String(repeating: "x", count: 300)
    let rows: [(String, HTTPRequestProblem)] = [
      ("GET /\(long)", .headTooLarge),
      ("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)", .headTooLarge),
      ("GET /\(long.prefix(30)) HTTP/1.1\r\nHost: a\r\n\r\n", .targetTooLong),
      ("GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 1\r\nC: 1\r\n\r\n", .tooManyFields),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n", .bodyTooLarge),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\n",
        .bodyTooLarge
      ),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: \(long)",
        .malformedChunk
      ),
    ]
    for (text, problem) in rows {
      #expect(steps(text, limits: limits).last == .refused(problem), "\(text.prefix(60))")
    }
  }

  @Test func `the version and the Connection header say whether the connection stays`() throws {
    let rows: [(String, Bool)] = [
      ("GET / HTTP/1.1|Host: a", true), ("GET / HTTP/1.1|Host: a|Connection: Close", false),
      ("GET / HTTP/1.1|Host: a|Connection: x, close ,y", false), ("GET / HTTP/1.0", false),
      ("GET / HTTP/1.0|Connection: keep-alive", true),
      ("GET / HTTP/1.0|Connection: keep-alive|Connection: close", false),
    ]
    for (text, stays) in rows {
      #expect(requests(head(text)).first?.head.keepsAlive == stays, "\(text)")
    }
  }

  @Test func `a whole address as target counts more than the Host header`() throws {
    let text = "GET HTTP://real.example:81?q HTTP/1.1|Host: other"
    let found = try #require(requests(head(text)).first?.head)
    #expect(found.target == "/?q")
    #expect(found.fields.all("host") == ["real.example:81"])
  }

  @Test func `a client is told to go on only when it waits for it`() {
    let start = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
    var parser = HTTPRequestParser()
    parser.append(Array(start.utf8))
    #expect(parser.next() == .wantsContinue)
    #expect(parser.next() == .needsMore(.body))
    parser.append(Array("ab".utf8))
    guard case .request(let request) = parser.next() else {
      Issue.record("no request")
      return
    }
    #expect(request.body == Array("ab".utf8))
    #expect(steps(start + "ab").contains(.wantsContinue) == false)
    #expect(steps(start.replacing("1.1", with: "1.0") + "ab").contains(.wantsContinue) == false)
  }

  @Test func `no bytes make the parser trap`() {
    var seed: UInt64 = 42
    func random(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    for round in 0..<3000 {
      var bytes = Array((round % 2 == 0 ? Self.plain : Self.chunked).utf8)
      for _ in 0...random(4) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert([0x0D, 0x0A, 0x20, 0x3A, 0x00, 0xFF][random(6)], at: place)
        }
      }
      var parser = HTTPRequestParser()
      for cut in stride(from: 0, to: bytes.count, by: 40) {
        parser.append(Array(bytes[cut..<min(cut + 40, bytes.count)]))
        for _ in 0..<4 { _ = parser.next() }
      }
    }
  }
}

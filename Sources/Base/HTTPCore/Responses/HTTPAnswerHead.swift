/// The head of an answer as bytes. Framing and connection headers are the server's own: the caller's are left out.
package struct HTTPAnswerHead: Sendable {
  /// How the client learns where the body ends.
  package enum Framing: Sendable, Hashable {
    /// No body and no length, as for 204.
    case none
    case length(Int)
    case chunked
    case untilClose
  }

  package var status: Int
  package var fields: HTTPFields
  package var framing: Framing
  package var closes: Bool
  /// An HTTP/1.0 client must be told that the connection stays.
  package var announcesKeepAlive = false

  package init(status: Int, fields: HTTPFields, framing: Framing, closes: Bool) {
    self.status = status
    self.fields = fields
    self.framing = framing
    self.closes = closes
  }

  package func write(date: String, to out: inout [UInt8]) {
    if status == 200 {
      Self.append("HTTP/1.1 200 OK\r\ndate: " as StaticString, to: &out)
    } else {
      Self.append("HTTP/1.1 \(status) \(HTTPStatus.reason(status))\r\ndate: ", to: &out)
    }
    Self.append(date, to: &out)
    Self.end(&out)
    for field in fields.lines where field.isSendable && !Self.isOurs(field.name) {
      Self.line(field.name, field.value, to: &out)
    }
    switch framing {
    case .none, .untilClose: break
    case .length(let count):
      Self.append("content-length: " as StaticString, to: &out)
      Self.append(String(count), to: &out)
      Self.end(&out)
    case .chunked: Self.line("transfer-encoding", "chunked", to: &out)
    }
    if closes { Self.line("connection", "close", to: &out) }
    if announcesKeepAlive && !closes { Self.line("connection", "keep-alive", to: &out) }
    Self.end(&out)
  }

  private static let ours = ["content-length", "transfer-encoding", "connection", "date"]

  private static func isOurs(_ name: String) -> Bool {
    ours.contains { $0.utf8.count == name.utf8.count && $0.equalsIgnoringASCIICase(name) }
  }

  private static func line(_ name: String, _ value: String, to out: inout [UInt8]) {
    append(name, to: &out)
    out.append(UInt8(ascii: ":"))
    out.append(0x20)
    append(value, to: &out)
    end(&out)
  }

  /// As one piece of memory: a text's own view hands over a byte at a time.
  private static func append(_ text: String, to out: inout [UInt8]) {
    var text = text
    text.withUTF8 { out.append(contentsOf: $0) }
  }

  private static func append(_ text: StaticString, to out: inout [UInt8]) {
    text.withUTF8Buffer { out.append(contentsOf: $0) }
  }

  private static func end(_ out: inout [UInt8]) {
    out.append(0x0D)
    out.append(0x0A)
  }
}

/// One chunk of a chunked body.
package enum HTTPChunk {
  package static func append(_ bytes: some Collection<UInt8>, to out: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    out += String(bytes.count, radix: 16).utf8
    out += "\r\n".utf8
    out += bytes
    out += "\r\n".utf8
  }

  package static let last = Array("0\r\n\r\n".utf8)
}

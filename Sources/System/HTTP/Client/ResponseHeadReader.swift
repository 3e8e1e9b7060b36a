import HTTPCore

/// Puts an answer's head together from the lines libcurl hands over; interim answers (1xx) are passed over.
struct ResponseHeadReader {
  private(set) var hasBegun = false
  private var status = 0
  private var reason = ""
  private var fields = HTTPFields()

  /// The whole head with the blank line that ends it.
  mutating func take(_ line: UnsafeBufferPointer<UInt8>) -> HTTPResponseHead? {
    let bytes = Self.withoutLineEnd(line)
    if bytes.starts(with: "HTTP/".utf8) {
      begin(bytes)
      return nil
    }
    if bytes.isEmpty {
      guard hasBegun, status >= 200 || status == 101 else { return nil }
      return HTTPResponseHead(status: status, reason: reason, fields: fields)
    }
    if let field = Self.field(line) { fields.append(field) }
    return nil
  }

  private mutating func begin(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    hasBegun = true
    let text = Self.text(bytes)
    let words = text.split(separator: " ", maxSplits: 2)
    status = words.count > 1 ? Int(words[1]) ?? 0 : 0
    reason = words.count > 2 ? String(words[2]) : ""
    fields = HTTPFields()
  }

  /// `Name: value`; nil where there is no colon.
  static func field(_ line: UnsafeBufferPointer<UInt8>) -> HTTPField? {
    let bytes = withoutLineEnd(line)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = bytes[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    let end = value.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? value.startIndex
    return HTTPField(
      text(bytes[..<colon]), text(value[value.startIndex..<end]))
  }

  /// Plain ASCII, which nearly every header is, needs no second look.
  private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    let whole = UnsafeBufferPointer(rebasing: bytes)
    for byte in whole where byte > 0x7F { return HTTPField.text(of: bytes) }
    return String(decoding: whole, as: UTF8.self)
  }

  private static func withoutLineEnd(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    let end = line.lastIndex { $0 != 0x0D && $0 != 0x0A }.map { $0 + 1 } ?? 0
    return line[..<end]
  }
}

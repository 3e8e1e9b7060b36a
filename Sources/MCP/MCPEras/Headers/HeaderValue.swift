package import JSON

/// How a value of a message is written into an HTTP header, and read back.
package enum HeaderValue {
  static let prefix = "=?base64?"
  static let suffix = "?="

  /// Plain where that is safe and cannot be taken for the encoded form, else base64 between markers.
  package static func encode(_ text: String) -> String {
    isPlain(text) ? text : prefix + Base64.encode(Array(text.utf8)) + suffix
  }

  /// Nil for null, arrays and objects, which have no header form.
  package static func encode(_ json: JSON) -> String? {
    switch json {
    case .string(let text): encode(text)
    case .bool(let value): value ? "true" : "false"
    case .number(let number): number.int.map { String($0) } ?? number.text
    case .null, .array, .object: nil
    }
  }

  /// Nil where the text is marked as base64 and is none.
  package static func decode(_ text: String) -> String? {
    guard isMarked(text) else { return text }
    let inner = text.dropFirst(prefix.count).dropLast(suffix.count)
    return Base64.decode(String(inner)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isMarked(_ text: String) -> Bool {
    text.hasPrefix(prefix) && text.hasSuffix(suffix)
      && text.utf8.count >= prefix.utf8.count + suffix.utf8.count
  }

  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
    if bytes.first == 0x20 || bytes.last == 0x20 { return false }
    return !isMarked(text)
  }
}

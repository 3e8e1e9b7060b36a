/// One header line, as received or to be sent.
package struct HTTPField: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether the line can go on the wire: a token as name, no line break or other control in the value.
  package var isSendable: Bool { name.isToken && Self.isValue(value) }

  /// Tab is the only control a value may hold; a line break would smuggle in another header.
  package static func isValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  private static func asciiText(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// Header bytes as text: UTF-8 where it is valid, ISO 8859-1 otherwise.
  package static func text(of bytes: some Collection<UInt8>) -> String {
    // Nearly every header is ASCII, which needs no validation.
    if let text = bytes.withContiguousStorageIfAvailable(asciiText), let text { return text }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

/// Which bytes a part of a URL must percent-encode.
package struct PercentEncoding: Sendable {
  private let mustEncode: @Sendable (UInt8) -> Bool

  private init(_ marks: String, over base: PercentEncoding? = nil) {
    let set = Set(marks.utf8)
    mustEncode = { byte in
      byte < 0x20 || byte > 0x7E || set.contains(byte) || base?.mustEncode(byte) ?? false
    }
  }

  private init(allButUnreserved: Void) { mustEncode = { !$0.isUnreserved } }

  package static let control = PercentEncoding("")
  package static let fragment = PercentEncoding(" \"<>`")
  package static let query = PercentEncoding(" \"#<>")
  package static let specialQuery = PercentEncoding("'", over: query)
  package static let path = PercentEncoding("?^`{}", over: query)
  package static let userinfo = PercentEncoding("/:;=@[\\]|", over: path)
  /// A value that must survive anywhere: only RFC 3986 `unreserved` stays.
  package static let component = PercentEncoding(allButUnreserved: ())

  package static func encode(_ text: String, _ set: PercentEncoding) -> String {
    encode(text.utf8, set)
  }

  static func encode(_ bytes: some Sequence<UInt8>, _ set: PercentEncoding) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      if set.mustEncode(byte) { out += escape(byte) } else { out.append(byte) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// The bytes meant; a `%` without two hex digits behind it means itself.
  package static func decode(_ text: some StringProtocol) -> [UInt8] {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let byte = escaped(bytes, at: index) {
        out.append(byte)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  /// The byte that `%XY` at this index stands for.
  static func escaped(_ bytes: [UInt8], at index: Int) -> UInt8? {
    guard index + 2 < bytes.count, bytes[index] == UInt8(ascii: "%"),
      let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
    else { return nil }
    return high << 4 | low
  }
}

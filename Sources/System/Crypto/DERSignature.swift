/// A signature of two numbers in the form of ASN.1, and the plain one of JWTs.
enum DERSignature {
  private static let size = 32

  /// Nil for bytes that are no such signature.
  static func plain(_ der: [UInt8]) -> [UInt8]? {
    var rest = der[...]
    guard rest.popFirst() == 0x30, let length = rest.popFirst(), length < 0x80,
      Int(length) == rest.count, let r = number(&rest), let s = number(&rest), rest.isEmpty
    else { return nil }
    return r + s
  }

  /// Nil for bytes that are no two numbers of full length.
  static func der(_ plain: [UInt8]) -> [UInt8]? {
    guard plain.count == 2 * size else { return nil }
    return DER.sequence(DER.number(plain[..<size]) + DER.number(plain[size...]))
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.popFirst() == 0x02, let length = rest.popFirst(), Int(length) <= rest.count else {
      return nil
    }
    let digits = rest.prefix(Int(length)).drop { $0 == 0 }
    rest = rest.dropFirst(Int(length))
    guard digits.count <= size else { return nil }
    return [UInt8](repeating: 0, count: size - digits.count) + digits
  }
}

/// The little of ASN.1 that keys and signatures are written in.
enum DER {
  static func sequence(_ content: [UInt8]) -> [UInt8] { item(0x30, content) }

  /// A whole number that is not negative, of its digits to the base 256.
  static func number(_ digits: some Collection<UInt8>) -> [UInt8] {
    let plain = digits.drop { $0 == 0 }
    let isHigh = (plain.first ?? 0) >= 0x80
    return item(0x02, (isHigh || plain.isEmpty ? [0] : []) + plain)
  }

  static func bits(_ content: [UInt8]) -> [UInt8] { item(0x03, [0] + content) }

  private static func item(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag] + length(content.count) + content
  }

  private static func length(_ count: Int) -> [UInt8] {
    if count < 0x80 { return [UInt8(count)] }
    if count < 0x100 { return [0x81, UInt8(count)] }
    return [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
  }
}

/// The character classes of RFC 9110 and RFC 3986, on single bytes.
extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  var isAlphanumeric: Bool { isDigit || isLetter }

  /// RFC 9110 `tchar`: what names, methods and schemes are made of.
  var isToken: Bool { isAlphanumeric || Self.tokenMarks.contains(self) }

  /// RFC 3986 `unreserved`.
  var isUnreserved: Bool {
    isAlphanumeric || self == 0x2D || self == 0x2E || self == 0x5F || self == 0x7E
  }

  /// RFC 3986 `reserved`.
  var isReserved: Bool { Self.reservedMarks.contains(self) }

  /// Space and tab, the only white space HTTP knows inside a line.
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }

  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  private static let tokenMarks = ByteSet("!#$%&'*+-.^_`|~")
  private static let reservedMarks = Set(":/?#[]@!$&'()*+,;=".utf8)
}

/// Some of the 128 ASCII bytes.
private struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  init(_ members: StaticString) {
    var masks: (UInt64, UInt64) = (0, 0)
    members.withUTF8Buffer { bytes in
      for byte in bytes {
        if byte < 64 { masks.0 |= 1 << UInt64(byte) } else { masks.1 |= 1 << UInt64(byte - 64) }
      }
    }
    (low, high) = masks
  }

  /// A shift by more than 63 gives zero, so that bytes beyond ASCII are no members.
  func contains(_ byte: UInt8) -> Bool {
    (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 == 1
  }
}

extension String {
  /// The same for two whole strings, as every look at a header does it.
  package func equalsIgnoringASCIICase(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    var (left, right) = (self, other)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in left.indices where left[index] != right[index] {
          guard left[index].lowercased == right[index].lowercased else { return false }
        }
        return true
      }
    }
  }
}

extension StringProtocol {
  /// Only ASCII letters fold; everything else must be the same byte.
  package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
  }

  package var asciiLowercased: String {
    String(decoding: utf8.map(\.lowercased), as: UTF8.self)
  }

  /// Without spaces and tabs at both ends.
  var trimmingBlanks: String {
    var bytes = Substring(self).utf8
    while let first = bytes.first, first.isBlank { bytes.removeFirst() }
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return String(Substring(bytes))
  }

  var isToken: Bool { !isEmpty && utf8.allSatisfy(\.isToken) }
}

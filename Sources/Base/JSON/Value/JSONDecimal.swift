/// A number taken apart: sign × 0.d₁d₂d₃… × 10^point, digits without outer zeros.
///
/// An exponent of more than 18 digits does not fit `point` and is kept as text in `vast`; two such
/// numbers are equal only if their exponents are written alike.
struct JSONDecimal: Hashable {
  private(set) var isNegative = false
  /// Digit values, most significant first; empty for zero.
  private(set) var digits: [UInt8] = []
  private(set) var point = 0
  /// Sign and digits of an exponent beyond 18 digits.
  private(set) var vast: Vast?

  struct Vast: Hashable {
    let isNegative: Bool
    let digits: [UInt8]
  }

  init(_ number: JSONNumber) {
    var rest = number.text.utf8[...]
    isNegative = Self.drop("-", from: &rest)
    let whole = Self.takeDigits(from: &rest)
    let fraction = Self.drop(".", from: &rest) ? Self.takeDigits(from: &rest) : []
    setDigits(whole, fraction)
    if Self.drop("e", from: &rest) || Self.drop("E", from: &rest) { setExponent(rest) }
    if digits.isEmpty { (isNegative, point, vast) = (false, 0, nil) }
  }

  private mutating func setDigits(_ whole: [UInt8], _ fraction: [UInt8]) {
    let all = whole + fraction
    let zeros = all.prefix { $0 == 0 }.count
    point = whole.count - zeros
    digits = Array(all[zeros...])
    while digits.last == 0 { digits.removeLast() }
  }

  private mutating func setExponent(_ text: Substring.UTF8View) {
    var rest = text
    let isBelow = Self.drop("-", from: &rest)
    _ = Self.drop("+", from: &rest)
    let written = Self.takeDigits(from: &rest).drop { $0 == 0 }
    guard written.count <= 18 else {
      vast = Vast(isNegative: isBelow, digits: Array(written))
      return
    }
    let exponent = written.reduce(0) { $0 * 10 + Int($1) }
    point += isBelow ? -exponent : exponent
  }

  private static func drop(_ character: Unicode.Scalar, from rest: inout Substring.UTF8View) -> Bool
  {
    guard let first = rest.first, first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func takeDigits(from rest: inout Substring.UTF8View) -> [UInt8] {
    let taken = rest.prefix { Ascii.isDigit($0) }
    rest = rest[taken.endIndex...]
    return taken.map { $0 - Ascii.zero }
  }
}

// MARK: - Order

extension JSONDecimal: Comparable {
  static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
    if left.sign != right.sign { return left.sign < right.sign }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  /// Of two numbers with the same sign: which is nearer to zero.
  private func isSmaller(than other: JSONDecimal) -> Bool {
    if vast != other.vast { return Vast.compare(vast, other.vast) < 0 }
    if point != other.point { return point < other.point }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension JSONDecimal.Vast {
  /// Below, at or above zero as the left exponent is against the right; none counts as a small one.
  static func compare(_ left: Self?, _ right: Self?) -> Int {
    func rank(_ vast: Self?) -> Int { vast.map { $0.isNegative ? -1 : 1 } ?? 0 }
    guard let left, let right, left.isNegative == right.isNegative else {
      return rank(left) - rank(right)
    }
    let sign = left.isNegative ? -1 : 1
    if left.digits.count != right.digits.count {
      return left.digits.count < right.digits.count ? -sign : sign
    }
    if left.digits == right.digits { return 0 }
    return left.digits.lexicographicallyPrecedes(right.digits) ? -sign : sign
  }
}

// MARK: - Integers

extension JSONDecimal {
  var isInteger: Bool {
    if let vast { return !vast.isNegative }
    return digits.count <= point || digits.isEmpty
  }

  /// All digits of an integer that may fit a machine integer.
  var integerText: String? {
    guard isInteger, vast == nil, point <= 20 else { return nil }
    guard !digits.isEmpty else { return "0" }
    let zeros = repeatElement(0 as UInt8, count: point - digits.count)
    return (isNegative ? "-" : "") + (digits + zeros).map(String.init).joined()
  }
}

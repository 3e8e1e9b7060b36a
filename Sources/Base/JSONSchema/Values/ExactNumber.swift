/// A decimal number without rounding: sign, digits without outer zeros, power of ten.
struct ExactNumber: Sendable, Hashable {
  let isNegative: Bool
  /// 0…9, no zero at either end; empty for zero.
  let digits: [UInt8]
  /// The value is `digits` × 10^`exponent`; zero for zero.
  let exponent: Int

  /// Beyond this power of ten numbers are only known to be huge or tiny.
  private static let farthest = 1 << 40

  init(_ text: String) {
    var digits: [UInt8] = []
    var exponent = 0
    var isNegative = false
    var seenPoint = false
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte & 15) }
        if seenPoint { exponent -= 1 }
      default:
        exponent += Self.power(rest)
        rest = rest[rest.endIndex...]
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.isNegative = isNegative && !digits.isEmpty
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
  }

  private static func power(_ text: Substring.UTF8View) -> Int {
    let text = String(Substring(text))
    guard let value = Int(text) else { return text.hasPrefix("-") ? -farthest : farthest }
    return max(-farthest, min(farthest, value))
  }

  var isInteger: Bool { exponent >= 0 }
  var isZero: Bool { digits.isEmpty }

  /// The power of ten just above the value: 0.05 has -1, 7 has 1, 10 has 2.
  private var magnitude: Int { digits.count + exponent }
}

// MARK: - Order

extension ExactNumber: Comparable {
  static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
  }

  private func isCloserToZero(than other: ExactNumber) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    if magnitude != other.magnitude { return magnitude < other.magnitude }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

// MARK: - Division

extension ExactNumber {
  /// Whether this is a whole number of times the divisor.
  func isMultiple(of divisor: ExactNumber) -> Bool {
    if isZero { return true }
    if divisor.isZero { return false }
    let shift = exponent - divisor.exponent
    // These digits end in no zero, so no power of ten divides them.
    if shift < 0 { return false }
    // A power of ten brings twos and fives only; the divisor holds fewer of each than it has bits.
    let zeros = min(shift, divisor.digits.count * 4)
    return Remainder(of: divisor.digits).isZero(after: digits, zeros: zeros)
  }
}

/// Long division of digits by digits, keeping only what remains.
private struct Remainder {
  private let small: UInt64?
  private let divisor: [UInt8]

  init(of divisor: [UInt8]) {
    self.divisor = divisor
    // Ten times a remainder plus a digit has to fit.
    small = divisor.count <= 18 ? divisor.reduce(0) { $0 * 10 + UInt64($1) } : nil
  }

  func isZero(after digits: [UInt8], zeros: Int) -> Bool {
    guard let small else { return isZeroLong(digits + [UInt8](repeating: 0, count: zeros)) }
    var remainder = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % small }
    for _ in 0..<zeros { remainder = remainder * 10 % small }
    return remainder == 0
  }

  /// Subtracts the divisor at most nine times for each digit brought down.
  private func isZeroLong(_ digits: [UInt8]) -> Bool {
    var remainder: [UInt8] = []
    for digit in digits {
      if digit != 0 || !remainder.isEmpty { remainder.append(digit) }
      while !precedes(remainder, divisor) { subtract(divisor, from: &remainder) }
    }
    return remainder.isEmpty
  }

  private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count != right.count ? left.count < right.count : left.lexicographicallyPrecedes(right)
  }

  private func subtract(_ right: [UInt8], from left: inout [UInt8]) {
    var borrow: UInt8 = 0
    for offset in 1...left.count {
      let take = borrow + (offset <= right.count ? right[right.count - offset] : 0)
      let index = left.count - offset
      borrow = left[index] < take ? 1 : 0
      left[index] = left[index] + borrow * 10 - take
    }
    left.removeFirst(left.prefix { $0 == 0 }.count)
  }
}

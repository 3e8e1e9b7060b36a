extension JSONNumber {
  /// Whether this is a whole multiple of the divisor, decided in decimal; nothing is one of zero.
  ///
  /// Nil where the digits of both are too many to decide in reasonable time.
  package func isMultiple(of divisor: JSONNumber) -> Bool? {
    let value = JSONDecimal(self)
    let unit = JSONDecimal(divisor)
    guard !unit.digits.isEmpty else { return false }
    guard !value.digits.isEmpty else { return true }
    // value ÷ unit = (value's digits ÷ unit's digits) × 10^shift, both without trailing zeros.
    guard let shift = Self.shift(value, unit), shift >= 0 else { return false }
    // More tens than the unit has factors of two or five change nothing.
    let tens = min(shift, 4 * unit.digits.count)
    guard (value.digits.count + tens) * unit.digits.count <= Self.workLimit else { return nil }
    return Remainder.isZero(of: value.digits, tens: tens, by: unit.digits)
  }

  /// Steps of the long division; 500 digits by 500 digits are within it.
  private static let workLimit = 2_000_000

  /// The power of ten between the last digits of both; nil where it is far below zero.
  private static func shift(_ value: JSONDecimal, _ unit: JSONDecimal) -> Int? {
    let order = JSONDecimal.Vast.compare(value.vast, unit.vast)
    guard order == 0 else { return order > 0 ? Int.max : nil }
    return (value.point - value.digits.count) - (unit.point - unit.digits.count)
  }
}

/// Long division that keeps only the remainder.
private enum Remainder {
  static func isZero(of digits: [UInt8], tens: Int, by divisor: [UInt8]) -> Bool {
    if divisor.count <= 18 { return isZeroSmall(of: digits, tens: tens, by: divisor) }
    let whole = [0] + divisor
    var rest = [UInt8](repeating: 0, count: whole.count)
    for index in 0..<(digits.count + tens) {
      rest.removeFirst()
      rest.append(index < digits.count ? digits[index] : 0)
      while !rest.lexicographicallyPrecedes(whole) { subtract(divisor, from: &rest) }
    }
    return rest.allSatisfy { $0 == 0 }
  }

  private static func isZeroSmall(of digits: [UInt8], tens: Int, by divisor: [UInt8]) -> Bool {
    let divisor = divisor.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
    var rest: UInt64 = 0
    for index in 0..<(digits.count + tens) {
      // Below 10^18 × 10, which 64 bits hold.
      rest = (rest * 10 + UInt64(index < digits.count ? digits[index] : 0)) % divisor
    }
    return rest == 0
  }

  private static func subtract(_ divisor: [UInt8], from rest: inout [UInt8]) {
    var borrow = 0
    for index in divisor.indices.reversed() {
      var difference = Int(rest[index + 1]) - Int(divisor[index]) - borrow
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += 10 }
      rest[index + 1] = UInt8(difference)
    }
    rest[0] -= UInt8(borrow)
  }
}

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
    let zeros = repeatElement(0 as UInt8, count: tens)
    let parts = (value.digits.count + tens) / LongDivision.digits
    guard parts * (unit.digits.count / LongDivision.digits + 1) <= Self.workLimit else {
      return nil
    }
    return LongDivision.isExact(of: value.digits + zeros, by: unit.digits)
  }

  /// Steps of the long division; ten thousand digits by as many are within it, whatever their exponents.
  private static let workLimit = 8_000_000

  /// The power of ten between the last digits of both; nil where it is far below zero.
  private static func shift(_ value: JSONDecimal, _ unit: JSONDecimal) -> Int? {
    let order = JSONDecimal.Vast.compare(value.vast, unit.vast)
    guard order == 0 else { return order > 0 ? Int.max : nil }
    return (value.point - value.digits.count) - (unit.point - unit.digits.count)
  }
}

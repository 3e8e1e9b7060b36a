/// Schoolbook division of decimal digits, nine at a time, that keeps only the remainder.
struct LongDivision {
  /// Digits in a part; the product of two parts leaves room in 64 bits.
  static let digits = 9
  private static let base: UInt64 = 1_000_000_000

  /// Parts, least significant first; the dividend's become the remainder.
  private var rest: [UInt64]
  private var divisor: [UInt64]

  /// Whether nothing remains. Both are digit values, most significant first; the divisor is not zero.
  static func isExact(of digits: [UInt8], by divisor: [UInt8]) -> Bool {
    let parts = Self.parts(divisor)
    if parts.count == 1 {
      return Self.parts(digits).reversed().reduce(0) { ($0 * base + $1) % parts[0] } == 0
    }
    var division = LongDivision(rest: Self.parts(digits), divisor: parts)
    division.run()
    return division.rest.allSatisfy { $0 == 0 }
  }

  private static func parts(_ digits: [UInt8]) -> [UInt64] {
    var parts: [UInt64] = []
    var end = digits.count
    while end > 0 {
      let start = max(0, end - Self.digits)
      parts.append(digits[start..<end].reduce(0) { $0 * 10 + UInt64($1) })
      end = start
    }
    while parts.count > 1, parts.last == 0 { parts.removeLast() }
    return parts
  }

  private mutating func run() {
    // A divisor that begins high makes each guess of a quotient's part wrong by two at most.
    let factor = Self.base / (divisor[divisor.count - 1] + 1)
    Self.multiply(&rest, by: factor)
    Self.multiply(&divisor, by: factor)
    divisor.removeLast()
    guard rest.count > divisor.count else { return }
    for place in (0..<(rest.count - divisor.count)).reversed() { reduce(at: place) }
  }

  /// Multiplies by less than a part, into one part more.
  private static func multiply(_ parts: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in parts.indices {
      let product = parts[index] * factor + carry
      parts[index] = product % base
      carry = product / base
    }
    parts.append(carry)
  }

  /// Takes the divisor away from this place on as often as it fits.
  private mutating func reduce(at place: Int) {
    let top = place + divisor.count
    let head = rest[top] * Self.base + rest[top - 1]
    let times = min(head / divisor[divisor.count - 1], Self.base - 1)
    var high = Int64(rest[top]) + subtract(times, at: place)
    while high < 0 { high += addBack(at: place) }
    rest[top] = UInt64(high)
  }

  /// The difference that the part above has to bear, zero or less.
  private mutating func subtract(_ times: UInt64, at place: Int) -> Int64 {
    let base = Int64(Self.base)
    var borrow: Int64 = 0
    for index in divisor.indices {
      let part = Int64(rest[place + index]) - Int64(times * divisor[index]) + borrow
      borrow = part >= 0 ? part / base : -((base - 1 - part) / base)
      rest[place + index] = UInt64(part - borrow * base)
    }
    return borrow
  }

  private mutating func addBack(at place: Int) -> Int64 {
    var carry: UInt64 = 0
    for index in divisor.indices {
      let part = rest[place + index] + divisor[index] + carry
      carry = part >= Self.base ? 1 : 0
      rest[place + index] = part - carry * Self.base
    }
    return Int64(carry)
  }
}

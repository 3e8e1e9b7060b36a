/// Numbers that look random and are the same for the same seed.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private let seed: UInt64
  private var state: UInt64

  package init(_ seed: UInt64) {
    self.seed = seed
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  package mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// True that many times in a hundred.
  package mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

  package mutating func pick<Value>(_ values: [Value]) -> Value {
    // Never empty: the lists of the seeds are literals with something in them.
    values[int(0...values.count - 1)]
  }

  package mutating func some<Value>(_ values: [Value], _ count: Int) -> [Value] {
    Array(values.shuffled(using: &self).prefix(count))
  }

  // MARK: - Ids

  /// A UUID of version 4, or the prefix with twelve letters and digits.
  func id(number: UInt64, prefix: String?) -> String {
    let high = Self.mixed(seed &+ number &* 0x9E37_79B9_7F4A_7C15)
    let low = Self.mixed(high ^ number)
    guard let prefix else { return Self.uuid(high, low) }
    var rest = high
    var text = prefix
    for _ in 0..<12 {
      text.unicodeScalars.append(Self.letters[Int(rest & 31)])
      rest >>= 5
    }
    return text
  }

  private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".unicodeScalars)

  private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
    let high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Array((hex(high) + hex(low)).utf8)
    let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return cuts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }

  private static func hex(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

/// Unpacks DEFLATE (RFC 1951) into at most so many bytes; foreign data that breaks its rules gives nil.
struct Inflate {
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private let input: [UInt8]
  private var place: Int
  private var bits: UInt32 = 0
  private var count = 0
  private var output: [UInt8] = []
  private let limit: Int

  private init(_ input: [UInt8], from start: Int, limit: Int) {
    self.input = input
    place = start
    self.limit = limit
  }

  /// The content of a zlib stream (RFC 1950); its check sum is not looked at.
  static func zlib(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard bytes.count > 2, bytes[0] & 15 == 8, bytes[1] & 32 == 0 else { return nil }
    var inflate = Inflate(bytes, from: 2, limit: limit)
    return inflate.run() ? inflate.output : nil
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = take(1), let kind = take(2) else { return false }
      let isFine: Bool
      switch kind {
      case 0: isFine = stored()
      case 1: isFine = blocks(.fixedLengths, .fixedDistances)
      case 2: isFine = dynamic()
      default: isFine = false
      }
      guard isFine else { return false }
      if isLast == 1 { return true }
    }
  }

  private mutating func take(_ wanted: Int) -> Int? {
    while count < wanted {
      guard place < input.count else { return nil }
      bits |= UInt32(input[place]) << UInt32(count)
      place += 1
      count += 8
    }
    let value = Int(bits & ((1 << UInt32(wanted)) &- 1))
    bits >>= UInt32(wanted)
    count -= wanted
    return value
  }

  private mutating func stored() -> Bool {
    (bits, count) = (0, 0)
    guard place + 4 <= input.count else { return false }
    let length = Int(input[place]) | Int(input[place + 1]) << 8
    place += 4
    guard place + length <= input.count, output.count + length <= limit else { return false }
    output += input[place..<(place + length)]
    place += length
    return true
  }

  private mutating func dynamic() -> Bool {
    guard let lengths = take(5), let distances = take(5), let codes = take(4) else { return false }
    var sizes = [Int](repeating: 0, count: 19)
    for index in 0..<(codes + 4) {
      guard let size = take(3) else { return false }
      sizes[Self.codeOrder[index]] = size
    }
    let table = PrefixCode(sizes)
    var all: [Int] = []
    while all.count < lengths + 257 + distances + 1 {
      guard let symbol = symbol(table), repeated(symbol, &all) else { return false }
    }
    let split = lengths + 257
    return blocks(
      PrefixCode(Array(all[..<split])), PrefixCode(Array(all[split..<(split + distances + 1)])))
  }

  private mutating func repeated(_ symbol: Int, _ all: inout [Int]) -> Bool {
    switch symbol {
    case 0..<16: all.append(symbol)
    case 16:
      guard let last = all.last, let times = take(2) else { return false }
      all += Array(repeating: last, count: times + 3)
    default:
      guard let times = take(symbol == 17 ? 3 : 7) else { return false }
      all += Array(repeating: 0, count: times + (symbol == 17 ? 3 : 11))
    }
    return true
  }

  private mutating func symbol(_ code: PrefixCode) -> Int? {
    var (value, first, index) = (0, 0, 0)
    for size in 1...15 {
      guard let bit = take(1) else { return nil }
      value |= bit
      let here = code.counts[size]
      if value - here < first {
        let place = index + value - first
        return code.symbols.indices.contains(place) ? code.symbols[place] : nil
      }
      index += here
      first = (first + here) << 1
      value <<= 1
    }
    return nil
  }

  private mutating func blocks(_ lengths: PrefixCode, _ distances: PrefixCode) -> Bool {
    while true {
      guard let symbol = symbol(lengths) else { return false }
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
      } else if !copy(symbol - 257, distances) {
        return false
      }
    }
  }

  private mutating func copy(_ symbol: Int, _ distances: PrefixCode) -> Bool {
    guard symbol < 29, let extra = take(Self.lengthExtra[symbol]), let far = self.symbol(distances),
      far < 30, let rest = take(far < 4 ? 0 : far / 2 - 1)
    else { return false }
    let length = Self.lengthBase[symbol] + extra
    let start = output.count - Self.distanceBase[far] - rest
    guard start >= 0, output.count + length <= limit else { return false }
    for offset in 0..<length { output.append(output[start + offset]) }
    return true
  }
}

/// A prefix code by the lengths of its words: how many there are of each, and their symbols in order.
private struct PrefixCode {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int]

  init(_ sizes: [Int]) {
    for size in sizes { counts[size] += 1 }
    counts[0] = 0
    symbols = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
  }

  static let fixedLengths = PrefixCode(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = PrefixCode(Array(repeating: 5, count: 30))
}

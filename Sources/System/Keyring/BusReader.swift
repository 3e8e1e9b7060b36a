/// Takes values out of the bus's wire format; what does not fit it is nil, never a trap.
struct BusReader {
  private let bytes: [UInt8]
  private(set) var place = 0
  private var depth = 0

  private static let depthLimit = 32

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All values of a body of that type.
  static func values(_ signature: String, in bytes: [UInt8]) -> [BusValue]? {
    var reader = BusReader(bytes)
    return reader.values(Array(signature.utf8)[...])
  }

  static func alignment(of type: UInt8?) -> Int {
    switch type.map({ Character(UnicodeScalar($0)) }) {
    case "y", "g", "v": 1
    case "n", "q": 2
    case "x", "t", "d", "(", "{": 8
    default: 4
    }
  }

  mutating func values(_ signature: ArraySlice<UInt8>) -> [BusValue]? {
    var rest = signature, found: [BusValue] = []
    while !rest.isEmpty {
      guard let size = Self.size(rest, 0), let value = value(rest.prefix(size)) else { return nil }
      found.append(value)
      rest = rest.dropFirst(size)
    }
    return found
  }

  /// How many letters the first type of a signature has.
  private static func size(_ signature: ArraySlice<UInt8>, _ depth: Int) -> Int? {
    guard let first = signature.first, depth < depthLimit else { return nil }
    if first == UInt8(ascii: "a") {
      return size(signature.dropFirst(), depth + 1).map { $0 + 1 }
    }
    let ends: [UInt8: UInt8] = [
      UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "{"): UInt8(ascii: "}"),
    ]
    guard let end = ends[first] else { return 1 }
    var count = 1
    while signature.dropFirst(count).first != end {
      guard let next = size(signature.dropFirst(count), depth + 1) else { return nil }
      count += next
    }
    return count + 1
  }

  private mutating func value(_ type: ArraySlice<UInt8>) -> BusValue? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, let first = type.first,
      skip(to: Self.alignment(of: first))
    else { return nil }
    switch Character(UnicodeScalar(first)) {
    case "y": return take(1)?.first.map(BusValue.byte)
    case "b": return number().map { .flag($0 != 0) }
    case "u": return number().map(BusValue.number)
    case "s": return text().map(BusValue.text)
    case "o": return text().map(BusValue.path)
    case "g": return shortText().map(BusValue.signature)
    case "v": return variant()
    case "a": return array(type.dropFirst())
    case "(": return values(type.dropFirst().dropLast()).map(BusValue.structure)
    case "{": return pair(type.dropFirst().dropLast())
    case "n", "q": return take(2).map { _ in .other }
    case "i", "h": return take(4).map { _ in .other }
    case "x", "t", "d": return take(8).map { _ in .other }
    default: return nil
    }
  }

  private mutating func pair(_ types: ArraySlice<UInt8>) -> BusValue? {
    guard let both = values(types), both.count == 2 else { return nil }
    return .pair(both[0], both[1])
  }

  private mutating func variant() -> BusValue? {
    guard let signature = shortText(), let inner = values(Array(signature.utf8)[...]),
      inner.count == 1
    else { return nil }
    return .variant(inner[0])
  }

  private mutating func array(_ element: ArraySlice<UInt8>) -> BusValue? {
    guard let size = number(), skip(to: Self.alignment(of: element.first)),
      size <= bytes.count - place
    else { return nil }
    let end = place + Int(size)
    var found: [BusValue] = []
    while place < end {
      let before = place
      guard let value = value(element), place > before else { return nil }
      found.append(value)
    }
    guard place == end else { return nil }
    return .array(of: String(decoding: element, as: UTF8.self), found)
  }

  private mutating func text() -> String? {
    guard let size = number(), size < bytes.count, let text = take(Int(size)), take(1) != nil
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func shortText() -> String? {
    guard let size = take(1)?.first, let text = take(Int(size)), take(1) != nil else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  mutating func number() -> UInt32? {
    guard skip(to: 4), let parts = take(4) else { return nil }
    return parts.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - place else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }

  mutating func skip(to size: Int) -> Bool {
    let missing = (size - place % size) % size
    return take(missing) != nil
  }
}

/// JSON that can be shown on a terminal: what would act there stands as an escape that means the same.
///
/// A writer of JSON leaves everything beyond ASCII as it is: among it the control characters of Latin-1, characters
/// that turn the direction of text and such that draw nothing.
package enum SafeJSON {
  /// `bytes` is whole JSON, in which nothing beyond ASCII stands outside of strings.
  package static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: isSuspect) else { return bytes }
    var result = Array(bytes[..<first])
    result.reserveCapacity(bytes.count + 64)
    var rest = bytes[first...]
    while let byte = rest.first {
      guard isSuspect(byte) else {
        result.append(byte)
        rest = rest.dropFirst()
        continue
      }
      take(&rest, into: &result)
    }
    return result
  }

  /// DEL, and whatever begins a character beyond ASCII.
  private static func isSuspect(_ byte: UInt8) -> Bool { byte >= 0x7F }

  private static func take(_ rest: inout ArraySlice<UInt8>, into result: inout [UInt8]) {
    let width = width(rest[rest.startIndex])
    let bytes = rest.prefix(width)
    rest = rest.dropFirst(width)
    let text = String(decoding: bytes, as: UTF8.self)
    for scalar in text.unicodeScalars {
      if HiddenKind.of(scalar) == nil || isSpelling(scalar) {
        result += Array(String(scalar).utf8)
      } else {
        for unit in String(scalar).utf16 { escape(unit, into: &result) }
      }
    }
  }

  private static func width(_ first: UInt8) -> Int {
    switch first {
    case 0xC0..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0...: 4
    default: 1
    }
  }

  /// Part of how emoji are spelled; harmless by itself.
  private static func isSpelling(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || scalar.value == 0xFE0E
  }

  private static func escape(_ unit: UInt16, into result: inout [UInt8]) {
    result += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(unit >> UInt16(shift) & 0xF)
      result.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

/// JSON that can be shown on a terminal: what would act there stands as an escape that means the same.
///
/// A writer of JSON leaves everything beyond ASCII as it is: among it the control characters of Latin-1, characters
/// that turn the direction of text and such that draw nothing.
package enum SafeJSON {
  /// `bytes` is whole JSON, in which nothing beyond ASCII stands outside of strings.
  package static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    let result = bytes.withUnsafeBufferPointer { changed($0) }
    return result ?? bytes
  }

  /// Nil where every byte may stay. What is plain is looked at once and copied in runs.
  private static func changed(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    while index < text.count {
      guard isSuspect(text[index]) else {
        index += 1
        continue
      }
      let end = min(index + width(text[index]), text.count)
      if !isHarmless(text[index..<end]) {
        result += text[copied..<index]
        var rest = Array(text[index..<end])[...]
        take(&rest, into: &result)
        copied = end
      }
      index = end
    }
    return copied == 0 ? nil : result + text[copied...]
  }

  /// A well-formed character that does nothing on a terminal.
  private static func isHarmless(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = bytes.first, first >= 0xC2, bytes.count == width(first) else { return false }
    var value = UInt32(first & (0x7F >> UInt8(bytes.count)))
    for byte in bytes.dropFirst() {
      guard byte & 0xC0 == 0x80 else { return false }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    return HiddenKind.of(scalar) == nil
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

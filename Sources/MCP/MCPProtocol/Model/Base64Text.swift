/// Base64 as servers write it: both alphabets, padding or none, line breaks allowed.
package enum Base64Text {
  private static let values: [UInt8: UInt32] = {
    var values: [UInt8: UInt32] = [:]
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, letter) in letters.utf8.enumerated() { values[letter] = UInt32(value) }
    values[UInt8(ascii: "-")] = 62
    values[UInt8(ascii: "_")] = 63
    return values
  }()

  /// Nil where a character is of neither alphabet or half a byte is left over.
  package static func decode(_ text: String) -> [UInt8]? {
    let table = (0...255).map { values[UInt8($0)] ?? .max }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3 + 3)
    var group: UInt32 = 0
    var count = 0
    for byte in text.utf8 where !isIgnored(byte) {
      let value = table[Int(byte)]
      guard value != .max else { return nil }
      group = group << 6 | value
      count += 1
      guard count == 4 else { continue }
      bytes += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
      (group, count) = (0, 0)
    }
    return tail(group, count).map { bytes + $0 }
  }

  private static func isIgnored(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == 10 || byte == 13 || byte == 32
  }

  private static func tail(_ group: UInt32, _ count: Int) -> [UInt8]? {
    switch count {
    case 0: []
    case 2: [UInt8(group >> 4 & 255)]
    case 3: [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    default: nil
    }
  }
}

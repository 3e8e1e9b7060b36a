/// An IPv4 address, read as URLs read it: `127.1`, `0x7f000001` and `0177.0.0.1` are loopback too.
package struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
  package let bits: UInt32

  package init(bits: UInt32) { self.bits = bits }

  package init?(_ text: String) {
    var parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 1, parts.last == "" { parts.removeLast() }
    guard (1...4).contains(parts.count) else { return nil }
    let numbers = parts.compactMap(Self.number)
    guard numbers.count == parts.count, let last = numbers.last,
      numbers.dropLast().allSatisfy({ $0 < 256 }), last < 1 << (8 * (5 - UInt64(parts.count)))
    else { return nil }
    let head = numbers.dropLast().enumerated().reduce(UInt64(0)) { sum, part in
      sum | part.element << (8 * (3 - UInt64(part.offset)))
    }
    bits = UInt32(truncatingIfNeeded: head | last)
  }

  package var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) } }

  package var description: String { octets.map(String.init).joined(separator: ".") }

  package var isLoopback: Bool { bits >> 24 == 127 }

  /// Not reachable from the public network.
  package var isPrivate: Bool {
    Self.privateNetworks.contains { (bits ^ $0.0) >> (32 - $0.1) == 0 }
  }

  /// A host whose last label is a number must be an address, or nothing.
  static func isMeant(by host: String) -> Bool {
    var labels = host.split(separator: ".", omittingEmptySubsequences: false)
    if labels.count > 1, labels.last == "" { labels.removeLast() }
    guard let last = labels.last, !last.isEmpty else { return false }
    return last.utf8.allSatisfy(\.isDigit) || number(last) != nil
  }

  /// Decimal, octal with a leading 0, or hexadecimal with 0x.
  private static func number(_ part: Substring) -> UInt64? {
    let bytes = part.utf8
    guard let first = bytes.first, first.isDigit else { return nil }
    if bytes.starts(with: "0x".utf8) {
      let digits = bytes.dropFirst(2)
      guard digits.allSatisfy({ $0.hexValue != nil }) else { return nil }
      return digits.isEmpty ? 0 : UInt64(Substring(digits), radix: 16)
    }
    guard bytes.allSatisfy(\.isDigit) else { return nil }
    return UInt64(part, radix: first == UInt8(ascii: "0") && bytes.count > 1 ? 8 : 10)
  }

  private static let privateNetworks: [(UInt32, UInt32)] = [
    (0, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12), (0xC000_0000, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xE000_0000, 3),
  ]
}

import JSON

/// Makes what travels through a client tamper-evident; `mac` is a keyed hash that only this server can make.
package struct StateSeal: Sendable {
  private let mac: @Sendable ([UInt8]) -> [UInt8]

  package init(mac: @escaping @Sendable ([UInt8]) -> [UInt8]) { self.mac = mac }

  func seal(_ value: JSON) -> String {
    let bytes = value.compactBytes
    return Self.hex(bytes) + "." + Self.hex(mac(bytes))
  }

  /// Nil for anything this server has not sealed itself.
  func open(_ text: String) -> JSON? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = Self.bytes(parts[0]), let given = Self.bytes(parts[1]),
      Self.isSame(given, mac(bytes))
    else { return nil }
    do { return try JSON.parse(bytes) } catch { return nil }
  }

  /// Stands for a text that must not change between two requests.
  func digest(_ value: JSON) -> String { Self.hex(mac(value.canonicalBytes)) }

  /// Takes the same time wherever the difference is.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count, !left.isEmpty else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hex(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    let values = text.utf8.map { digits.firstIndex(of: $0) }
    guard values.count % 2 == 0 else { return nil }
    var out: [UInt8] = []
    for index in stride(from: 0, to: values.count, by: 2) {
      guard let high = values[index], let low = values[index + 1] else { return nil }
      out.append(UInt8(high << 4 | low))
    }
    return out
  }
}

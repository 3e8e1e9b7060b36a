/// Tokens that are known by their form wherever they stand in a text.
enum TokenForms {
  /// A prefix and the least number of token characters after it.
  struct Row: Sendable {
    let prefix: [UInt8]
    let least: Int

    init(_ prefix: String, least: Int) {
      self.prefix = Array(prefix.utf8)
      self.least = least
    }
  }

  static let rows: [Row] = [
    Row("Bearer ", least: 6),
    Row("Basic ", least: 12),
    Row("eyJ", least: 30),
    Row("sk-", least: 16),
    Row("sk_live_", least: 8),
    Row("sk_test_", least: 8),
    Row("rk_live_", least: 8),
    Row("alm_live_", least: 6),
    Row("alm_test_", least: 6),
    Row("ghp_", least: 20),
    Row("gho_", least: 20),
    Row("ghs_", least: 20),
    Row("ghu_", least: 20),
    Row("github_pat_", least: 20),
    Row("glpat-", least: 12),
    Row("xoxb-", least: 10),
    Row("xoxp-", least: 10),
    Row("xapp-", least: 10),
    Row("AKIA", least: 16),
    Row("ASIA", least: 16),
    Row("AIza", least: 30),
    Row("npm_", least: 20),
    Row("pypi-", least: 20),
    Row("hf_", least: 20),
    Row("ya29.", least: 20),
  ]

  /// Below this no row can match.
  static let shortest = rows.map { $0.prefix.count + $0.least }.min() ?? 0

  private static let leads = Set(rows.compactMap(\.prefix.first))

  static func mask(in raw: String) -> String {
    let bytes = Array(raw.utf8)
    var output: [UInt8] = []
    var position = 0
    var copied = 0
    while position < bytes.count {
      guard leads.contains(bytes[position]), isStart(position, in: bytes),
        let match = match(at: position, in: bytes)
      else {
        position += 1
        continue
      }
      output += bytes[copied..<match.lowerBound]
      output += Secret.mask.utf8
      position = match.upperBound
      copied = position
    }
    guard copied > 0 else { return raw }
    return String(decoding: output + bytes[copied...], as: UTF8.self)
  }

  /// The bytes to hide: those after the prefix.
  private static func match(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
    for row in rows where bytes[start...].starts(with: row.prefix) {
      let from = start + row.prefix.count
      let length = bytes[from...].prefix(while: isTokenByte).count
      if length >= row.least { return from..<(from + length) }
    }
    return nil
  }

  private static func isStart(_ position: Int, in bytes: [UInt8]) -> Bool {
    position == 0 || !isTokenByte(bytes[position - 1])
      || bytes[position - 1] == UInt8(ascii: "=") || bytes[position - 1] == UInt8(ascii: "/")
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
      true
    default: false
    }
  }
}

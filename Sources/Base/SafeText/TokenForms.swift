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

  /// By first byte, which second bytes a prefix goes on with: bit n stands for byte 64 + n, where all letters are.
  private static let seconds: [UInt64] = {
    var table = [UInt64](repeating: 0, count: 256)
    for row in rows { table[Int(row.prefix[0])] |= 1 << (UInt64(row.prefix[1]) & 63) }
    return table
  }()

  /// Whether any form begins with that byte.
  static func leads(_ byte: UInt8) -> Bool { seconds[Int(byte)] != 0 }

  /// False where certainly no token begins there.
  static func mayBegin(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard position + 1 < bytes.count else { return false }
    let second = bytes[position + 1]
    guard second & 0xC0 == 0x40, seconds[Int(bytes[position])] & (1 << UInt64(second & 63)) != 0,
      isStart(position, in: bytes)
    else { return false }
    return match(at: position, in: bytes) != nil
  }

  static func mask(in raw: String) -> String {
    var raw = raw
    let masked = raw.withUTF8 { Self.masked($0) }
    return masked.map { String(decoding: $0, as: UTF8.self) } ?? raw
  }

  /// Nil where there is nothing to hide.
  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    var position = 0
    var copied = 0
    while position < bytes.count {
      guard mayBegin(at: position, in: bytes), let match = match(at: position, in: bytes) else {
        position += 1
        continue
      }
      output += bytes[copied..<match.lowerBound]
      output += Secret.mask.utf8
      position = match.upperBound
      copied = position
    }
    return copied > 0 ? output + bytes[copied...] : nil
  }

  /// The bytes to hide: those after the prefix.
  private static func match(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    for row in rows where bytes[start...].starts(with: row.prefix) {
      let from = start + row.prefix.count
      let length = bytes[from...].prefix(while: isTokenByte).count
      if length >= row.least { return from..<(from + length) }
    }
    return nil
  }

  private static func isStart(_ position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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

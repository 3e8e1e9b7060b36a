/// Turns the house's SQL, which SQLite takes as it stands, into PostgreSQL's.
enum PostgresDialect {
  /// What a write transaction of SQLite locks as a whole is one lock here, by this number.
  static let writeLock = "SELECT pg_advisory_xact_lock(7235421690)"

  static func statement(_ text: String) -> String {
    text.hasPrefix("CREATE ") ? definition(text) : parameters(text)
  }

  private static let types = [
    ("INTEGER", "BIGINT"), ("BLOB", "BYTEA"), ("REAL", "DOUBLE PRECISION"),
  ]

  private static func definition(_ text: String) -> String {
    types.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// `?` outside of literals becomes `$1`, `$2` and so on.
  private static func parameters(_ text: String) -> String {
    var out: [UInt8] = []
    var number = 0
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "?"), !isQuoted else {
        out.append(byte)
        continue
      }
      number += 1
      out += "$\(number)".utf8
    }
    return String(decoding: out, as: UTF8.self)
  }
}

import Database
import EventLoop
import SafeText

/// A key with what proves it.
struct KeyRow: Sendable {
  var key: APIKey
  /// Empty once it was stored.
  var text = Secret("")
  let salt: [UInt8]
  let hash: [UInt8]
}

/// The table of keys, a step a version; a step that was released is never edited.
enum KeySchema {
  static let migrations = [
    [
      """
      CREATE TABLE api_key (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL,
        salt BLOB NOT NULL, hash BLOB NOT NULL, scopes TEXT NOT NULL, projects TEXT NOT NULL,
        created BIGINT NOT NULL, created_by TEXT NOT NULL, expires BIGINT, revoked BIGINT,
        rotated_to TEXT)
      """
    ]
  ]

  static func insert(_ row: KeyRow, _ connection: any SQLConnection) throws(DatabaseError) {
    let key = row.key
    try connection.execute(
      """
      INSERT INTO api_key (id, system, name, prefix, salt, hash, scopes, projects, created,
        created_by, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(key.id), .text(key.system), .text(key.name), .text(key.prefix), .blob(row.salt),
        .blob(row.hash), .text(key.scopes.joined(separator: " ")),
        .text(key.projects.joined(separator: " ")), .integer(key.createdAt.microseconds),
        .text(key.createdBy), key.expiresAt.map { .integer($0.microseconds) } ?? .null,
      ])
  }

  /// All keys, the oldest first.
  static func rows(_ connection: any SQLConnection) throws(DatabaseError) -> [KeyRow] {
    let rows = try connection.rows(
      """
      SELECT id, system, name, prefix, scopes, projects, created, created_by, expires, revoked,
        rotated_to, salt, hash FROM api_key ORDER BY created, id
      """
    ).map(row)
    return withFamilies(rows)
  }

  private static func withFamilies(_ rows: [KeyRow]) -> [KeyRow] {
    var before: [String: String] = [:]
    for row in rows { if let next = row.key.rotatedTo { before[next] = row.key.id } }
    return rows.map { row in
      var (row, first, steps) = (row, row.key.id, 0)
      // No more steps than keys: a store that somebody wrote in may go in circles.
      while let older = before[first], steps < rows.count { (first, steps) = (older, steps + 1) }
      row.key.family = first
      return row
    }
  }

  private static func row(_ row: SQLRow) -> KeyRow {
    let key = APIKey(
      id: row[0].text ?? "", system: row[1].text ?? "", name: row[2].text ?? "",
      prefix: row[3].text ?? "", scopes: words(row[4]), projects: words(row[5]),
      createdAt: time(row[6]) ?? WallTime(microseconds: 0), createdBy: row[7].text ?? "",
      expiresAt: time(row[8]), revokedAt: time(row[9]), rotatedTo: row[10].text)
    return KeyRow(key: key, salt: row[11].blob ?? [], hash: row[12].blob ?? [])
  }

  private static func words(_ value: SQLValue) -> [String] {
    (value.text ?? "").split(separator: " ").map(String.init)
  }

  private static func time(_ value: SQLValue) -> WallTime? {
    value.integer.map { WallTime(microseconds: $0) }
  }
}

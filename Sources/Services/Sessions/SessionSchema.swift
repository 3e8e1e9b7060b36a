import Database
import EventLoop

/// The tables of sessions, a step a version; a step that was released is never edited.
enum SessionSchema {
  static let migrations = [
    [
      """
      CREATE TABLE session (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, principal TEXT NOT NULL, opening TEXT NOT NULL,
        state TEXT NOT NULL, home TEXT NOT NULL, address TEXT NOT NULL, used BIGINT NOT NULL)
      """,
      "CREATE INDEX session_used ON session (used)",
      "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    ]
  ]

  static func insert(
    _ session: StoredSession, _ connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(
      """
      INSERT INTO session (id, system, principal, opening, state, home, address, used)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(session.id), .text(session.system), .text(session.principal),
        .text(session.opening), .text(session.state), .text(session.home.name),
        .text(session.home.address), .integer(session.usedAt.microseconds),
      ])
  }

  static func find(
    _ id: String, _ connection: any SQLConnection
  ) throws(DatabaseError) -> StoredSession? {
    try connection.rows(
      """
      SELECT id, system, principal, opening, state, home, address, used FROM session WHERE id = ?
      """, [.text(id)]
    ).first.map { row in
      StoredSession(
        id: row[0].text ?? "", system: row[1].text ?? "", principal: row[2].text ?? "",
        opening: row[3].text ?? "", state: row[4].text ?? "",
        home: SessionHome(name: row[5].text ?? "", address: row[6].text ?? ""),
        usedAt: WallTime(microseconds: row[7].integer ?? 0))
    }
  }
}

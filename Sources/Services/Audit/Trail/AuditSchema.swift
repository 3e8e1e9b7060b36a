import Database
import EventLoop
import JSON

/// The audit's tables, a step a version; a step that was released is never edited.
///
/// The one index holds all that a filter can ask for, so that any filter is answered from it alone; it grows at its
/// end only, which keeps writing cheap.
enum AuditSchema {
  static let migrations = [
    [
      """
      CREATE TABLE event (
        number INTEGER PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, principal TEXT NOT NULL,
        credential TEXT NOT NULL, system TEXT NOT NULL, tool TEXT NOT NULL, outcome TEXT NOT NULL,
        microseconds BIGINT NOT NULL, request TEXT NOT NULL, trace TEXT NOT NULL,
        session TEXT NOT NULL, client TEXT NOT NULL, version TEXT NOT NULL, detail TEXT NOT NULL,
        arguments TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL)
      """,
      """
      CREATE INDEX event_facts ON event
        (at, tool, outcome, system, principal, credential, kind, microseconds)
      """,
      "CREATE TABLE head (id INTEGER PRIMARY KEY, number BIGINT NOT NULL, hash BLOB NOT NULL)",
    ]
  ]

  static let columns = AuditColumn.allCases.map { "\($0)" }.joined(separator: ", ")

  static let insertion =
    "INSERT INTO event (\(columns)) VALUES (\(AuditColumn.allCases.map { _ in "?" }.joined(separator: ", ")))"

  /// An outcome that is no word of ours is a change by another hand: the hash will tell.
  static func entry(_ row: SQLRow) -> AuditEntry {
    let arguments = row[15].text ?? ""
    var event = AuditEvent(
      at: WallTime(microseconds: row[1].integer ?? 0),
      kind: AuditEvent.Kind(rawValue: row[2].text ?? ""), principal: row[3].text ?? "",
      system: row[5].text ?? "", tool: row[6].text ?? "",
      outcome: row[7].text.flatMap(AuditEvent.Outcome.init) ?? .failed)
    event.credential = row[4].text ?? ""
    event.microseconds = row[8].integer ?? 0
    event.request = row[9].text ?? ""
    event.trace = row[10].text ?? ""
    event.session = row[11].text ?? ""
    event.client = row[12].text ?? ""
    event.version = row[13].text ?? ""
    event.detail = row[14].text ?? ""
    return AuditEntry(
      number: row[0].integer ?? 0, event: event, arguments: arguments,
      previous: row[16].blob ?? [], hash: row[17].blob ?? [])
  }

  static func head(_ connection: any SQLConnection) throws(DatabaseError) -> AuditHead? {
    try connection.rows("SELECT number, hash FROM head WHERE id = 1").first.map {
      AuditHead(number: $0[0].integer ?? 0, hash: $0[1].blob ?? [])
    }
  }

  static func setHead(
    _ head: AuditHead, isFirst: Bool, _ connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(
      isFirst
        ? "INSERT INTO head (number, hash, id) VALUES (?, ?, 1)"
        : "UPDATE head SET number = ?, hash = ? WHERE id = 1",
      [.integer(head.number), .blob(head.hash)])
  }

  // MARK: - Spools

  /// How far the store is with each spool. Made by the first one, so that stores without any stay as they are.
  private static let spools =
    "CREATE TABLE IF NOT EXISTS spool (name TEXT PRIMARY KEY, taken BIGINT NOT NULL)"

  static func set(
    _ mark: AuditSpool.Mark, _ connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(spools)
    try connection.execute(
      "INSERT INTO spool (name, taken) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET taken = excluded.taken",
      [.text(mark.name), .integer(Int64(bitPattern: mark.number))])
  }

  static func taken(
    from spool: String, _ connection: any SQLConnection
  ) throws(DatabaseError) -> UInt64 {
    guard try hasSpools(connection) else { return 0 }
    let rows = try connection.rows("SELECT taken FROM spool WHERE name = ?", [.text(spool)])
    return rows.first.map { UInt64(bitPattern: $0[0].integer ?? 0) } ?? 0
  }

  static func forget(spool: String, _ connection: any SQLConnection) throws(DatabaseError) {
    guard try hasSpools(connection) else { return }
    try connection.execute("DELETE FROM spool WHERE name = ?", [.text(spool)])
  }

  private static func hasSpools(_ connection: any SQLConnection) throws(DatabaseError) -> Bool {
    try !connection.rows("SELECT 1 FROM sqlite_schema WHERE name = 'spool'").isEmpty
  }
}

/// The journal's tables, a step a version; a step that was released is never edited.
enum JournalSchema {
  static let migrations = [
    [
      """
      CREATE TABLE session (
        id INTEGER PRIMARY KEY, started INTEGER NOT NULL, target TEXT NOT NULL, summary TEXT NOT NULL)
      """,
      """
      CREATE TABLE call (
        number INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, started INTEGER NOT NULL,
        milliseconds REAL NOT NULL, method TEXT NOT NULL, name TEXT NOT NULL, params TEXT NOT NULL,
        outcome TEXT NOT NULL, answer TEXT NOT NULL, bytes INTEGER NOT NULL)
      """,
      """
      CREATE TABLE frame (
        number INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, at INTEGER NOT NULL,
        outgoing INTEGER NOT NULL, method TEXT NOT NULL, rpc TEXT NOT NULL, size INTEGER NOT NULL,
        body BLOB NOT NULL, exchange TEXT NOT NULL)
      """,
      "CREATE INDEX call_session ON call (session)",
      "CREATE INDEX frame_session ON frame (session)",
    ],
    ["ALTER TABLE session ADD COLUMN words TEXT NOT NULL DEFAULT '[]'"],
  ]
}

package import Database
package import EventLoop

/// The records of one world in the embedded store, used on the loop: each statement is a matter of microseconds.
@LoopActor
package final class WorldStore {
  private let connection: SQLiteConnection
  /// Whether other programs may have the store open too.
  private let isShared: Bool
  private var depth = 0
  private let random: SeededRandom
  private var made: Int64
  /// What has to be done before the records are looked at for the first time.
  var beforeUse: (@LoopActor () throws(WorldError) -> Void)?

  /// `:memory:` as a path keeps nothing. Ids follow from the seed and from how many there are already.
  init(_ path: String, _ entities: [Entity], extras: [String], seed: UInt64) throws(WorldError) {
    random = SeededRandom(seed)
    isShared = path != ":memory:"
    made = 0
    let steps =
      entities.flatMap(\.creation) + extras
      + ["CREATE TABLE world_fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL)"]
    do throws(DatabaseError) {
      var options = SQLiteConnection.Options()
      options.lockWait = .seconds(1)
      connection = try SQLiteConnection(path: path, options: options)
      try connection.migrate([steps], store: path)
    } catch { throw WorldError(store: error) }
    made = try fact("made") ?? 0
  }

  package func close() { connection.close() }

  // MARK: - Reading

  package func record(_ entity: Entity, _ id: String) throws(WorldError) -> Record? {
    try records(entity, Filter("id", id)).first
  }

  package func first(_ entity: Entity, _ filter: Filter) throws(WorldError) -> Record? {
    try records(entity, filter.page(1)).first
  }

  package func records(_ entity: Entity, _ filter: Filter) throws(WorldError) -> [Record] {
    try rows(
      "SELECT \(entity.names) FROM \(entity.name)\(filter.condition)\(filter.tail)", filter.values
    ).map { Record(entity, $0) }
  }

  package func count(_ entity: Entity, _ filter: Filter = Filter()) throws(WorldError) -> Int {
    Int(
      try rows("SELECT count(*) FROM \(entity.name)\(filter.condition)", filter.values)
        .first?[0].integer ?? 0)
  }

  /// The sum of a column or of an expression over columns.
  package func sum(
    _ expression: String, of entity: Entity, _ filter: Filter
  ) throws(WorldError) -> Double {
    try rows("SELECT sum(\(expression)) FROM \(entity.name)\(filter.condition)", filter.values)
      .first?[0].real ?? 0
  }

  package func rows(
    _ question: String, _ values: [SQLValue] = []
  ) throws(WorldError) -> [SQLRow] {
    try makeReady()
    do throws(DatabaseError) { return try connection.rows(question, values) } catch {
      throw WorldError(store: error)
    }
  }

  // MARK: - Writing

  /// The id is made where none is given.
  @discardableResult
  package func insert(
    _ entity: Entity, _ fields: [String: SQLValue]
  ) throws(WorldError) -> Record {
    try makeReady()
    var record = Record(entity, fields)
    if record["id"].isNull, entity.place("id") != nil { record["id"] = .text(newID(entity)) }
    try execute(entity.insertion, record.values)
    return record
  }

  package func update(
    _ record: Record, _ changes: [String: SQLValue]
  ) throws(WorldError) -> Record {
    guard !changes.isEmpty else { return record }
    var changed = record
    for (column, value) in changes { changed[column] = value }
    let columns = changes.keys.sorted()
    try execute(
      "UPDATE \(record.entity.name) SET \(columns.map { "\($0) = ?" }.joined(separator: ", "))"
        + " WHERE id = ?", columns.map { changed[$0] } + [.text(record.id)])
    return changed
  }

  @discardableResult
  package func remove(_ entity: Entity, _ filter: Filter) throws(WorldError) -> Int {
    try execute("DELETE FROM \(entity.name)\(filter.condition)", filter.values)
  }

  @discardableResult
  package func execute(
    _ statement: String, _ values: [SQLValue] = []
  ) throws(WorldError) -> Int {
    try makeReady()
    do throws(DatabaseError) { return try connection.execute(statement, values) } catch {
      throw WorldError(store: error)
    }
  }

  /// All of it or nothing. A store that others write too is locked before it is looked at: what was read still holds
  /// when it is written, and ids go on from the last one that anybody made.
  package func together<Outcome>(
    _ work: () throws(WorldError) -> Outcome
  ) throws(WorldError) -> Outcome {
    let (begin, keep, drop) =
      isShared && depth == 0
      ? ("BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"])
      : ("SAVEPOINT change", "RELEASE change", ["ROLLBACK TO change", "RELEASE change"])
    try execute(begin)
    depth += 1
    defer { depth -= 1 }
    do throws(WorldError) {
      if isShared { made = try fact("made") ?? 0 }
      let outcome = try work()
      try setFact("made", made)
      try execute(keep)
      return outcome
    } catch {
      for statement in drop { try execute(statement) }
      throw error
    }
  }

  private func makeReady() throws(WorldError) {
    guard let work = beforeUse else { return }
    beforeUse = nil
    try work()
  }

  // MARK: - Facts and ids

  package func fact(_ name: String) throws(WorldError) -> Int64? {
    try rows("SELECT value FROM world_fact WHERE name = ?", [.text(name)]).first?[0].integer
  }

  package func setFact(_ name: String, _ value: Int64) throws(WorldError) {
    try execute(
      "INSERT INTO world_fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      [.text(name), .integer(value)])
  }

  package func newID(_ entity: Entity) -> String {
    made += 1
    return random.id(number: UInt64(made), prefix: entity.prefix)
  }
}

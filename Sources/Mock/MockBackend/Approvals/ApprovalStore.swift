import Database
package import EventLoop
package import JSON

/// What waits for a person's word, in a store that several programs can have open.
@LoopActor
package final class ApprovalStore {
  private let connection: SQLiteConnection
  private let clock: any LoopClock
  private var waiting: [String: Latch] = [:]
  /// Told when something new waits, or was decided here.
  package var onChange: (@LoopActor (Approval) -> Void)?

  /// How often the decisions of other programs are looked for.
  private static let glance = Duration.milliseconds(250)

  package init(_ path: String = ":memory:", clock: any LoopClock) throws(WorldError) {
    self.clock = clock
    do throws(DatabaseError) {
      connection = try SQLiteConnection(path: path)
      try connection.migrate(Self.migrations, store: path)
    } catch { throw WorldError(store: error) }
  }

  private static let migrations = [
    [
      """
      CREATE TABLE approval (
        number INTEGER PRIMARY KEY, system TEXT NOT NULL, member TEXT NOT NULL, tool TEXT NOT NULL,
        summary TEXT NOT NULL, arguments TEXT NOT NULL, asked INTEGER NOT NULL,
        state TEXT NOT NULL, decided_by TEXT, note TEXT)
      """
    ]
  ]

  package func close() { connection.close() }

  // MARK: - Asking

  package func ask(
    system: String, member: String, tool: String, summary: String, arguments: JSON
  ) throws(WorldError) -> Approval {
    try execute(
      "INSERT INTO approval (system, member, tool, summary, arguments, asked, state) "
        + "VALUES (?, ?, ?, ?, ?, ?, 'pending')",
      [
        .text(system), .text(member), .text(tool), .text(summary), .text(arguments.compact),
        .integer(clock.wallTime.microseconds),
      ])
    guard let made = try rows("number = last_insert_rowid()", []).first else {
      throw WorldError(.unavailable, "the approval could not be kept")
    }
    onChange?(made)
    return made
  }

  /// Waits for the decision; what was undecided at the limit is returned as it is.
  package func decision(
    on id: String, within limit: Duration, meanwhile: @LoopActor () -> Void = {}
  ) async throws -> Approval {
    let end = clock.now.advanced(by: limit)
    while true {
      let now = try approval(id)
      if now.state != .pending || clock.now >= end { return now }
      let latch = waiting[id] ?? Latch()
      waiting[id] = latch
      meanwhile()
      _ = await latch.wait(within: Self.glance, on: clock)
      try Task.checkCancellation()
    }
  }

  // MARK: - Deciding

  /// Those that wait first, the oldest in front.
  package func all(state: Approval.State? = nil) throws(WorldError) -> [Approval] {
    guard let state else { return try rows("1 ORDER BY state = 'pending' DESC, number", []) }
    return try rows("state = ? ORDER BY number", [.text(state.rawValue)])
  }

  package func approval(_ id: String) throws(WorldError) -> Approval {
    let number = Int64(id.hasPrefix(Self.prefix) ? id.dropFirst(Self.prefix.count) : Substring(id))
    guard let number, let found = try rows("number = ?", [.integer(number)]).first else {
      throw .notFound("approval", id, "id")
    }
    return found
  }

  /// Of two decisions the first counts.
  package func decide(
    _ id: String, _ state: Approval.State, by person: String, note: String? = nil
  ) throws(WorldError) -> Approval {
    let found = try approval(id)
    let changed = try execute(
      "UPDATE approval SET state = ?, decided_by = ?, note = ? WHERE number = ? AND state = 'pending'",
      [
        .text(state.rawValue), .text(person), .optional(note),
        .integer(Int64(found.id.dropFirst(Self.prefix.count)) ?? 0),
      ])
    guard changed == 1 else {
      throw .conflict(
        "\(found.id) was \(found.state.rawValue) already by \(found.decidedBy ?? "somebody")")
    }
    waiting.removeValue(forKey: found.id)?.set()
    let decided = try approval(found.id)
    onChange?(decided)
    return decided
  }

  // MARK: - Rows

  private static let prefix = "apr_"

  private func rows(
    _ condition: String, _ values: [SQLValue]
  ) throws(WorldError) -> [Approval] {
    do throws(DatabaseError) {
      return try connection.rows(
        "SELECT number, system, member, tool, summary, arguments, asked, state, decided_by, note "
          + "FROM approval WHERE \(condition)", values
      ).map(Self.approval)
    } catch { throw WorldError(store: error) }
  }

  private static func approval(_ row: SQLRow) -> Approval {
    Approval(
      id: prefix + String(row[0].integer ?? 0), system: row[1].text ?? "",
      member: row[2].text ?? "", tool: row[3].text ?? "", summary: row[4].text ?? "",
      arguments: Record.read(row[5].text),
      askedAt: WallTime(microseconds: row[6].integer ?? 0),
      state: Approval.State(rawValue: row[7].text ?? "") ?? .pending, decidedBy: row[8].text,
      note: row[9].text)
  }

  @discardableResult
  private func execute(_ statement: String, _ values: [SQLValue]) throws(WorldError) -> Int {
    do throws(DatabaseError) { return try connection.execute(statement, values) } catch {
      throw WorldError(store: error)
    }
  }
}

package import Database
import JSON

/// A call as the journal tells it.
package struct RecordedCall: Sendable, Hashable {
  /// What the user types: `#12`.
  package let number: Int64
  package let target: String
  /// The words of a command line that name the target again, secrets masked; empty where none were kept.
  package let words: [String]
  package let call: JournalCall
}

/// A frame as the journal tells it.
package struct RecordedFrame: Sendable, Hashable {
  package let number: Int64
  /// Empty for the facts of an HTTP exchange.
  package let method: String
  package let rpcID: String
  /// As it was on the wire; the body that was kept may be shorter.
  package let size: Int
  package let frame: JournalFrame
}

/// Which calls are asked for; what is nil does not matter.
package struct HistoryQuery: Sendable, Hashable {
  package var target: String?
  package var method: String?
  package var name: String?
  package var outcome: JournalCall.Outcome?
  package var since: WallMilliseconds?
  package var limit = 50

  package init() {}

  var conditions: [(sql: String, value: SQLValue)] {
    [
      target.map { ("session.target LIKE ? ESCAPE '\\'", .text(Self.containing($0))) },
      method.map { ("method = ?", .text($0)) },
      name.map { ("name = ?", .text($0)) },
      outcome.map { ("outcome = ?", .text($0.rawValue)) },
      since.map { ("call.started >= ?", .integer($0)) },
    ].compactMap { $0 }
  }

  private static func containing(_ text: String) -> String {
    let special: Set<Character> = ["%", "_", "\\"]
    return "%" + text.flatMap { special.contains($0) ? ["\\", $0] : [$0] } + "%"
  }
}

extension Journal {
  private static let columns = """
    SELECT number, coalesce(session.target, ''), call.session, call.started, milliseconds, method,
      name, params, outcome, answer, bytes, session.words
    FROM call LEFT JOIN session ON session.id = call.session
    """

  /// The newest calls that match, the newest first.
  package func calls(_ query: HistoryQuery) async throws(DatabaseError) -> [RecordedCall] {
    let conditions = query.conditions
    let filter =
      conditions.isEmpty ? "" : " WHERE " + conditions.map(\.sql).joined(separator: " AND ")
    let values = conditions.map(\.value) + [.integer(Int64(query.limit))]
    return try await read { (connection) throws(DatabaseError) in
      try connection.rows("\(Self.columns)\(filter) ORDER BY number DESC LIMIT ?", values)
        .map(Self.call)
    }
  }

  package func call(number: Int64) async throws(DatabaseError) -> RecordedCall? {
    try await read { (connection) throws(DatabaseError) in
      try connection.rows("\(Self.columns) WHERE number = ?", [.integer(number)])
        .first.map(Self.call)
    }
  }

  /// The frames of a session between two moments, in their order.
  package func frames(
    ofSession session: Int64, from start: WallMilliseconds = 0, to end: WallMilliseconds = .max,
    limit: Int = 1_000
  ) async throws(DatabaseError) -> [RecordedFrame] {
    try await read { (connection) throws(DatabaseError) in
      try connection.rows(
        """
        SELECT number, session, at, outgoing, method, rpc, size, body, exchange
        FROM frame WHERE session = ? AND at BETWEEN ? AND ? ORDER BY number LIMIT ?
        """, [.integer(session), .integer(start), .integer(end), .integer(Int64(limit))]
      ).map(Self.frame)
    }
  }

  // MARK: - Rows

  private static func call(_ row: SQLRow) -> RecordedCall {
    RecordedCall(
      number: row[0].integer ?? 0, target: row[1].text ?? "",
      words: json(row[11]).array?.compactMap(\.string) ?? [],
      call: JournalCall(
        session: row[2].integer ?? 0, startedAt: row[3].integer ?? 0,
        milliseconds: row[4].real ?? 0, method: row[5].text ?? "", name: row[6].text ?? "",
        params: json(row[7]), outcome: row[8].text.flatMap(JournalCall.Outcome.init) ?? .failed,
        answer: json(row[9]), bytes: Int(row[10].integer ?? 0)))
  }

  private static func frame(_ row: SQLRow) -> RecordedFrame {
    RecordedFrame(
      number: row[0].integer ?? 0, method: row[4].text ?? "", rpcID: row[5].text ?? "",
      size: Int(row[6].integer ?? 0),
      frame: JournalFrame(
        session: row[1].integer ?? 0, at: row[2].integer ?? 0, isOutgoing: row[3] == 1,
        body: row[7].blob ?? [], exchange: json(row[8])))
  }

  /// A value that another release, or a hand, has spoilt is shown as its text.
  private static func json(_ value: SQLValue) -> JSON {
    guard let text = value.text else { return .null }
    do { return try JSON.parse(text) } catch { return .string(text) }
  }
}

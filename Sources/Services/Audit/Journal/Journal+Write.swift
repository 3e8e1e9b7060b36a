import Database
import JSON

extension Journal {
  /// Writes a batch in one transaction.
  static func write(
    _ entries: [JournalEntry], limits: JournalLimits, to connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.transaction { () throws(DatabaseError) in
      for entry in entries {
        switch entry {
        case .session(let session): try write(session, to: connection)
        case .call(let call): try write(call, limits: limits, to: connection)
        case .frame(let frame): try write(frame, limits: limits, to: connection)
        case .exchange(let session, let at, let facts):
          let frame = JournalFrame(
            session: session, at: at, isOutgoing: true, body: [], exchange: facts())
          try write(frame, limits: limits, to: connection)
        }
      }
    }
  }

  private static func write(
    _ session: JournalSession, to connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(
      "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?)",
      [
        .integer(session.id), .integer(session.startedAt), .text(session.target),
        .text(session.summary), .text(JSON.array(session.words.map(JSON.string)).compact),
      ])
  }

  private static func write(
    _ call: JournalCall, limits: JournalLimits, to connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(
      """
      INSERT INTO call (session, started, milliseconds, method, name, params, outcome, answer, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(call.session), .integer(call.startedAt), .real(call.milliseconds),
        .text(call.method), .text(call.name), .text(call.params.masked.compact),
        .text(call.outcome.rawValue), .text(answer(call, limits)), .integer(Int64(call.bytes)),
      ])
  }

  /// An answer too large to keep is kept as its size, for half of a JSON document cannot be read again.
  private static func answer(_ call: JournalCall, _ limits: JournalLimits) -> String {
    guard call.bytes <= limits.bytesEach else { return #"{"notKept":\#(call.bytes)}"# }
    return call.answer.masked.compact
  }

  private static func write(
    _ frame: JournalFrame, limits: JournalLimits, to connection: any SQLConnection
  ) throws(DatabaseError) {
    let kept = KeptFrame(frame, limits)
    try connection.execute(
      """
      INSERT INTO frame (session, at, outgoing, method, rpc, size, body, exchange)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(frame.session), .integer(frame.at), .integer(frame.isOutgoing ? 1 : 0),
        .text(kept.method), .text(kept.rpcID), .integer(Int64(frame.body.count)), .blob(kept.body),
        .text(frame.exchange.masked.compact),
      ])
  }

  /// A session that has just begun has no calls yet: milliseconds for which it is left alone.
  private static let youngSession: Int64 = 86_400_000

  /// How far the store's rows count, before and after a batch.
  static func extent(of connection: any SQLConnection) throws(DatabaseError) -> Extent {
    let row = try connection.rows(
      "SELECT (SELECT max(number) FROM call), (SELECT max(number) FROM frame)"
    ).first
    return Extent(calls: row?[0].integer ?? 0, frames: row?[1].integer ?? 0)
  }

  struct Extent: Sendable {
    let calls: Int64
    let frames: Int64

    /// Looking at the limits costs a look at every row: it is done once for many, by whichever process comes there.
    func calls(forPruningAfter next: Extent, _ limits: JournalLimits) -> Bool {
      let (callStep, frameStep) = (
        Int64(max(1, limits.calls / 20)), Int64(max(1, limits.frames / 10))
      )
      return calls / callStep != next.calls / callStep
        || frames / frameStep != next.frames / frameStep
    }
  }

  /// Removes the oldest until everything is within the limits again.
  static func prune(
    _ limits: JournalLimits, in connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.transaction { () throws(DatabaseError) in
      try connection.execute(
        """
        DELETE FROM call WHERE number <=
          (SELECT number FROM call ORDER BY number DESC LIMIT 1 OFFSET ?)
        """, [.integer(Int64(limits.calls))])
      try connection.execute(
        """
        DELETE FROM frame WHERE number <=
          (SELECT number FROM frame ORDER BY number DESC LIMIT 1 OFFSET ?)
        """, [.integer(Int64(limits.frames))])
      try connection.execute(
        """
        DELETE FROM frame WHERE number <= (
          SELECT number FROM (
            SELECT number, sum(length(body)) OVER (ORDER BY number DESC) AS kept FROM frame)
          WHERE kept > ? ORDER BY number DESC LIMIT 1)
        """, [.integer(Int64(limits.bytes))])
      try connection.execute(
        """
        DELETE FROM session WHERE id NOT IN (SELECT session FROM call)
          AND id NOT IN (SELECT session FROM frame)
          AND started < (SELECT max(started) FROM session) - ?
        """, [.integer(youngSession)])
    }
  }
}

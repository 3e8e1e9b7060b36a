import Arguments
import Audit
import EventLoop
import Operations

/// The words by which calls of the past are named.
enum HistoryRows {
  static let number = PositionalRow(
    ValueRow("NUMBER"), help: "The call's number, as `history list` shows it")
  static let target = OptionRow(
    "target", takes: ValueRow("TEXT"), help: "Only calls to targets with that text in their name")
  static let method = OptionRow(
    "method", takes: ValueRow("METHOD", .known("methods")), help: "Only calls of that method")
  static let name = OptionRow(
    "tool", takes: ValueRow("NAME"), help: "Only calls of that tool, prompt or resource")
  static let outcome = OptionRow(
    "outcome", takes: ValueRow("OUTCOME", .choice(JournalCall.Outcome.allCases.map(\.rawValue))),
    help: "Only calls that ended so")
  static let since = OptionRow(
    "since", takes: ValueRow("WHEN"),
    help: "Only calls from then on: 15m, 2h, 3d, a date, or a date with a time")
  static let limit = OptionRow(
    "limit", takes: ValueRow("N", .integer(1...100_000)), help: "At most that many; 50 without it")

  static func query(
    _ arguments: ParsedArguments, now: WallTime
  ) throws(CommandFailure) -> HistoryQuery {
    var query = HistoryQuery()
    query.target = arguments[target]
    query.method = arguments[method]
    query.name = arguments[name]
    query.outcome = arguments[outcome].flatMap(JournalCall.Outcome.init)
    query.limit = arguments.integer(limit) ?? query.limit
    guard let text = arguments[since] else { return query }
    guard let moment = LocalTime.moment(reading: text, now: now) else {
      throw CommandFailure(
        .usage, "--since '\(text)' is no moment",
        hint: "write 15m, 2h or 3d for that long ago, 2026-07-28, or 2026-07-28T09:05")
    }
    query.since = moment.microseconds / 1000
    return query
  }

  static func number(_ arguments: ParsedArguments) throws(CommandFailure) -> Int64 {
    let text = arguments[number] ?? ""
    if let number = Int64(text.hasPrefix("#") ? text.dropFirst() : text[...]), number > 0 {
      return number
    }
    throw CommandFailure(
      .usage, "'\(text)' is no number of a call", hint: "`alidade history list` shows the numbers")
  }
}

/// The calls of the past, asked of a station that is closed again at once.
@LoopActor
enum History {
  static func with<Value: Sendable>(
    _ context: CommandContext, _ work: @LoopActor (Station) async throws(OperationFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    let station = Station(.of(context), loop: LoopActor.loop)
    let outcome: Result<Value, OperationFailure>
    do throws(OperationFailure) { outcome = .success(try await work(station)) } catch {
      outcome = .failure(error)
    }
    await station.close()
    do throws(OperationFailure) { return try outcome.get() } catch { throw CommandFailure(error) }
  }

  static func call(
    _ number: Int64, _ context: CommandContext
  ) async throws(CommandFailure) -> RecordedCall {
    let found = try await with(context) { station async throws(OperationFailure) in
      try await station.call(number: number)
    }
    if let found { return found }
    throw CommandFailure(
      .usage, "the history has no call #\(number)", hint: "`alidade history list` shows what it has"
    )
  }
}

import Arguments
import Audit
import EventLoop
import JSON
import SafeText

/// The words by which events are chosen.
enum AuditRows {
  static let since = OptionRow(
    "since", takes: ValueRow("WHEN"),
    help: "From then on: 15m, 2h, 3d, a date, or a date with a time")
  static let until = OptionRow("until", takes: ValueRow("WHEN"), help: "Before then")
  static let principal = OptionRow(
    "principal", takes: ValueRow("WHO"), repeats: true, help: "By that principal")
  static let key = OptionRow(
    "key", takes: ValueRow("PREFIX"), repeats: true, help: "With a key or client that begins so")
  static let system = OptionRow(
    "system", takes: ValueRow("SYSTEM"), repeats: true, help: "On that system")
  static let tool = OptionRow(
    "tool", takes: ValueRow("NAME"), repeats: true, help: "Of that tool, resource or prompt")
  static let kind = OptionRow(
    "kind", takes: ValueRow("KIND"), repeats: true, help: "Of that kind, as mcp.tool.invoked")
  static let outcome = OptionRow(
    "outcome", takes: ValueRow("OUTCOME", .choice(AuditEvent.Outcome.allCases.map(\.rawValue))),
    repeats: true, help: "That ended so")
  static let slower = OptionRow(
    "slower-than", takes: ValueRow("SECONDS", .seconds), help: "That took at least so long")
  static let text = OptionRow(
    "text", takes: ValueRow("TEXT"), help: "With that text in the arguments or the reason")
  static let limit = OptionRow(
    "limit", short: "n", takes: ValueRow("N", .integer(1...1_000_000)), help: "At most that many")

  static let filters = [
    since, until, principal, key, system, tool, kind, outcome, slower, text,
  ]

  static func filter(
    _ arguments: ParsedArguments, now: WallTime
  ) throws(CommandFailure) -> AuditFilter {
    var filter = AuditFilter()
    filter.since = try moment(arguments, since, now)
    filter.until = try moment(arguments, until, now)
    filter.kinds = arguments.all(kind)
    filter.principals = arguments.all(principal)
    filter.credentials = arguments.all(key)
    filter.systems = arguments.all(system)
    filter.tools = arguments.all(tool)
    filter.outcomes = arguments.all(outcome).compactMap(AuditEvent.Outcome.init)
    filter.slowerThan = arguments.span(slower)
    filter.text = arguments[text]
    return filter
  }

  private static func moment(
    _ arguments: ParsedArguments, _ row: OptionRow, _ now: WallTime
  ) throws(CommandFailure) -> WallTime? {
    guard let text = arguments[row] else { return nil }
    guard let moment = LocalTime.moment(reading: text, now: now) else {
      throw CommandFailure(
        .usage, "\(row.flag) '\(text)' is no moment",
        hint: "write 15m, 2h or 3d for that long ago, 2026-07-28, or 2026-07-28T09:05")
    }
    return moment
  }
}

extension AuditEntry {
  /// One line for people; what others have sent is made safe.
  var line: String {
    let words = [
      "#\(number)", LocalTime.moment(event.at), event.outcome.rawValue, event.system,
      what, event.principal,
      event.credential, Self.time(event.microseconds), arguments == "null" ? "" : arguments,
      event.detail.isEmpty ? "" : "(\(event.detail))",
    ]
    return SafeText(words.filter { !$0.isEmpty }.joined(separator: "  ")).text
  }

  /// A call is known by what was called, anything else has to say what was done.
  private var what: String {
    switch event.kind {
    case .invoked, .resourceRead, .promptRendered, .accessRefused: event.tool
    case .invokedMutating: "\(event.tool)!"
    default: "\(event.kind.rawValue) \(event.tool)"
    }
  }

  private static func time(_ microseconds: Int64) -> String {
    if microseconds == 0 { return "" }
    if microseconds < 1000 { return "\(microseconds) µs" }
    return microseconds < 1_000_000
      ? "\(microseconds / 1000) ms" : "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
  }
}

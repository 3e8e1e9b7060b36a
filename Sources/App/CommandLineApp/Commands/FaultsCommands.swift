import Arguments
import EventLoop
import Faults
import JSON
import Operations

extension Command {
  static let faultsList = Command(
    onLoop: CommandRow(
      "faults list", in: .serving, summary: "List what can go wrong on purpose, and what does",
      options: [FaultRows.system, RecordRows.data, .json],
      examples: [.init("alidade faults list --system lumos", "What is switched on there")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = try FaultDesk(arguments, context)
    let active = desk.active
    if arguments.has(.json) {
      let rows = desk.rows.map { row in
        [
          "name": .string(row.id), "place": .string(row.place.rawValue),
          "title": .string(row.title), "on": .bool(active.contains(row.id)),
        ] as JSON
      }
      let json: JSON = ["faults": .array(rows)]
      context.output.line(json.compact)
      return .ok
    }
    let rows = desk.rows.map { row in
      [active.contains(row.id) ? "on" : "", row.id, row.place.rawValue, row.title]
    }
    for line in TextTable(header: ["ON", "NAME", "PLACE", "WHAT IS SEEN"], rows: rows).lines {
      context.output.line(line)
    }
    return .ok
  }

  static let faultsOn = switching(
    "on", "Let something go wrong in running servers", "alidade faults on backend-down"
  ) {
    $0.union($1)
  }
  static let faultsOff = switching(
    "off", "Let it go right again; everything without a name", "alidade faults off",
    { $1.isEmpty ? [] : $0.subtracting($1) })

  private static func switching(
    _ verb: String, _ summary: String, _ example: String,
    _ change: @escaping @Sendable (Set<String>, Set<String>) -> Set<String>
  ) -> Command {
    Command(
      onLoop: CommandRow(
        "faults \(verb)", in: .serving, summary: summary,
        details: [
          "Servers of that folder follow with the next request; --system backend means the REST APIs."
        ],
        positionals: [FaultRows.names], options: [FaultRows.system, RecordRows.data, .json],
        examples: [.init(example, "In every system served from this user's folder")])
    ) { arguments, context async throws(CommandFailure) in
      let desk = try FaultDesk(arguments, context)
      let names = try desk.known(arguments.all(FaultRows.names), isNeeded: verb == "on")
      try desk.change { change($0, names) }
      let active = desk.active.sorted()
      if arguments.has(.json) {
        let json: JSON = ["on": .array(active.map(JSON.string))]
        context.output.line(json.compact)
      } else {
        context.output.line(
          active.isEmpty ? "nothing goes wrong on purpose" : "on: " + active.joined(separator: ", ")
        )
      }
      return .ok
    }
  }
}

private enum FaultRows {
  static let system = OptionRow(
    "system", takes: ValueRow("SYSTEM", .choice(FaultDesk.systems)),
    help: "In that system alone; in all without it")
  static let names = PositionalRow(
    ValueRow("NAME", .choice(FaultRow.ofServing.map(\.id))), .any, help: "What goes wrong")
}

/// The faults of the servers of one folder.
private struct FaultDesk {
  let systems: [String]
  private let file: FaultFile

  static let systems = ServedSystem.all.map(\.name) + [BackendWish.name]

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    guard case .folder(let folder) = try RecordRows.store(arguments, context) else {
      throw CommandFailure(.usage, "faults are switched in a folder; name it with --data")
    }
    file = FaultFile(folder)
    systems = arguments[FaultRows.system].map { [$0] } ?? Self.systems
  }

  var rows: [FaultRow] { systems == [BackendWish.name] ? FaultRow.ofBackend : FaultRow.ofServing }
  var active: Set<String> {
    systems.reduce(into: []) { $0.formUnion(file.active(of: $1)) }
  }

  func known(_ words: [String], isNeeded: Bool) throws(CommandFailure) -> Set<String> {
    guard !words.isEmpty || !isNeeded else {
      throw CommandFailure(
        .usage, "no fault is named", hint: "`alidade faults list` shows what there is")
    }
    return Set(words)
  }

  func change(_ change: (Set<String>) -> Set<String>) throws(CommandFailure) {
    do throws(OperationFailure) {
      for system in systems {
        let now = file.active(of: system)
        let next = change(now)
        if next != now { try file.set(next, of: system) }
      }
    } catch { throw CommandFailure(error) }
  }
}

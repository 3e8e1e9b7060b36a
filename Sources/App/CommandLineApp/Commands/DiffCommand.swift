import Arguments
import EventLoop
import JSON
import Operations
import Settings

extension Command {
  static let diff = Command(
    onLoop: CommandRow(
      "diff", in: .servers, summary: "Compare what two servers, or two revisions of one, offer",
      details: [
        "Two targets are compared, or one target in two revisions with --protocol A,B. A command line as a target is "
          + "written in quotes.",
        "The exit code is 2 where something differs.",
      ],
      positionals: [TargetRows.target, DiffRows.other], options: TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade diff @staging @production", "Two servers"),
        .init(
          "alidade diff --protocol 2025-06-18,2026-07-28 https://mcp.example.com/mcp",
          "Two revisions"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let sides = try DiffRows.sides(arguments, context)
    let before = try await DiffRows.snapshot(of: sides.0, arguments, context)
    let after = try await DiffRows.snapshot(of: sides.1, arguments, context)
    let changes = before.changes(to: after)
    let run = try ServerRun(arguments, context)
    PinRows.show(changes, run, otherwise: "no difference in \(after.counts)")
    return changes.isEmpty ? .ok : .failedAnswer
  }
}

enum DiffRows {
  static let other = PositionalRow(
    TargetRows.target.value.renamed("OTHER"), .optional, help: "What it is compared with")

  static func sides(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> (ServerDefinition, ServerDefinition) {
    let versions = (arguments[TargetRows.version] ?? "").split(separator: ",").map(String.init)
    var reader = TargetReader(arguments: arguments, context: context)
    reader.version = versions.first
    let first = try reader.definition()
    if let named = arguments[other] {
      reader.named = named
      if versions.count > 1 { reader.version = versions[1] }
      return (first, try reader.definition())
    }
    guard versions.count == 2 else {
      throw CommandFailure(
        .usage, "there is nothing to compare with",
        hint: "name another target, or two revisions: --protocol A,B")
    }
    reader.version = versions[1]
    return (first, try reader.definition())
  }

  @LoopActor
  static func snapshot(
    of definition: ServerDefinition, _ arguments: ParsedArguments, _ context: CommandContext
  ) async throws(CommandFailure) -> CatalogSnapshot {
    var snapshot = CatalogSnapshot()
    _ = try await ServerRun.with(arguments, context, to: definition) {
      run, connection async throws(CommandFailure) in
      snapshot = try await run.asked { () async throws(OperationFailure) in
        try await connection.snapshot()
      }
      return .ok
    }
    return snapshot
  }
}

extension ValueRow {
  fileprivate func renamed(_ name: String) -> ValueRow { ValueRow(name, kind) }
}

import Arguments
import EventLoop
import Glibc
import JSON
import Operations
import SafeText
import Settings

extension Command {
  static let pin = Command(
    onLoop: CommandRow(
      "pin", in: .servers, summary: "Hold a server to what it offers now",
      details: [
        "Records names, titles, descriptions, schemas and annotations. Every later command that lists them tells what "
          + "differs, word by word.",
        "With --check nothing is recorded: the exit code is 2 where something differs.",
      ],
      positionals: [TargetRows.target],
      options: [PinRows.check, PinRows.file] + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade pin @work", "As it is now"),
        .init("alidade pin --check --file mcp.pin.json -- python server.py", "As a gate"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let definition = try TargetReader(arguments: arguments, context: context).definition()
    let file = try PinRows.place(arguments, context, definition)
    return try await ServerRun.with(arguments, context, to: definition) {
      run, connection async throws(CommandFailure) in
      let now = try await run.asked { () async throws(OperationFailure) in
        try await connection.snapshot()
      }
      guard arguments.has(PinRows.check) else {
        return try PinRows.record(now, in: file, run)
      }
      return try PinRows.compare(now, with: file, run)
    }
  }
}

enum PinRows {
  static let check = OptionRow("check", help: "Only compare with what was recorded")
  static let file = OptionRow(
    "file", takes: ValueRow("FILE", .file),
    help:
      "Where the record is, to keep it with a project; else it is kept with this program's state")

  static func place(
    _ arguments: ParsedArguments, _ context: CommandContext, _ definition: ServerDefinition
  ) throws(CommandFailure) -> PinFile {
    if let path = arguments[file] {
      return PinFile(path: path.hasPrefix("/") ? path : "\(context.directory)/\(path)")
    }
    guard let folder = StateFolder.path(in: context.environment) else {
      throw CommandFailure(
        .usage, "there is no folder to keep a pin in", hint: "name a file with --file")
    }
    return PinFile(stateFolder: folder, definition: definition)
  }

  @LoopActor
  static func record(
    _ now: CatalogSnapshot, in file: PinFile, _ run: ServerRun
  ) throws(CommandFailure) -> ExitCode {
    let changes = file.read()?.changes(to: now) ?? []
    guard file.write(now) else {
      throw CommandFailure(
        .usage, "cannot write '\(file.path)': \(FileProblem(errno: errno).reason)")
    }
    show(changes, run, otherwise: "pinned \(now.counts)")
    return .ok
  }

  @LoopActor
  static func compare(
    _ now: CatalogSnapshot, with file: PinFile, _ run: ServerRun
  ) throws(CommandFailure) -> ExitCode {
    guard let before = file.read() else {
      throw CommandFailure(
        .usage, "there is no pin in '\(file.path)'",
        hint: "`alidade pin` without --check records one")
    }
    let changes = before.changes(to: now)
    show(changes, run, otherwise: "as it was pinned")
    return changes.isEmpty ? .ok : .failedAnswer
  }

  @LoopActor
  static func show(_ changes: [CatalogChange], _ run: ServerRun, otherwise words: String) {
    let output = run.context.output
    guard !run.wantsJSON else {
      let document: JSON = ["changes": .array(changes.map(\.json))]
      return output.document(document)
    }
    for change in changes { output.line(SafeText(change.line).text) }
    if changes.isEmpty { output.line(words) }
  }
}

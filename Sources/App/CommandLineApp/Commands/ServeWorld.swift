import Arguments
import Glibc
import MockBackend
import Operations

/// The words by which a served system's data is made, kept, or asked for elsewhere.
enum ServeWorld {
  static let data = OptionRow(
    "data", takes: ValueRow("DIR", .directory),
    help:
      "Keep everything in that folder: keys, audit, and the system's data, which is forgotten without it;"
      + " a file keeps the data alone")
  static let seed = OptionRow(
    "seed", takes: ValueRow("N", .integer(0...Int(Int32.max))),
    help: "Make other demo data; the same for the same number")
  static let scale = OptionRow(
    "scale", takes: ValueRow("N", .integer(1...2000)),
    help: "Make N thousand tickets more, for trying out what much data does")
  static let api = OptionRow(
    "api-url", takes: ValueRow("URL"),
    help: "Ask that REST API for everything; its token comes in the system's variable")

  /// A file keeps data alone: keys and audit are those of the user.
  static func records(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> RecordStore {
    guard file(arguments, context) != nil, !arguments.has(RecordRows.store) else {
      return try RecordRows.store(arguments, context)
    }
    guard let path = DataFolder.path(in: context.environment) else {
      throw CommandFailure(
        .usage, "there is no data folder without a HOME", hint: "name one with --data")
    }
    return .folder(DataFolder(path))
  }

  static func options(
    _ arguments: ParsedArguments, _ context: CommandContext, of system: String
  ) -> WorldOptions {
    var world = plain(arguments)
    if let file = file(arguments, context) {
      world.path = file
    } else if let folder = folder(arguments, context) {
      world.path = folder.world(of: system)
    }
    return world
  }

  static func plain(_ arguments: ParsedArguments) -> WorldOptions {
    var world = WorldOptions()
    if let seed = arguments.integer(seed) { world.seed = UInt64(seed) }
    if let scale = arguments.integer(scale) { world.scale = scale }
    return world
  }

  static func folder(_ arguments: ParsedArguments, _ context: CommandContext) -> DataFolder? {
    guard file(arguments, context) == nil else { return nil }
    return arguments[data].map { DataFolder(context.path($0)) }
  }

  private static func file(_ arguments: ParsedArguments, _ context: CommandContext) -> String? {
    guard let path = arguments[data].map(context.path) else { return nil }
    var facts = stat()
    let isThere = stat(path, &facts) == 0
    let isFile = isThere ? facts.st_mode & S_IFMT == S_IFREG : path.hasSuffix(".db")
    return isFile ? path : nil
  }

  static func backend(
    _ arguments: ParsedArguments, _ context: CommandContext, of system: String
  ) throws(CommandFailure) -> BackendAddress? {
    guard let variables = BackendVariables.named(system) else {
      guard arguments.has(api) else { return nil }
      throw CommandFailure(.usage, "\(system) has no REST API")
    }
    do throws(OperationFailure) {
      return try variables.backend(arguments[api], context.environment)
    } catch { throw CommandFailure(error) }
  }
}

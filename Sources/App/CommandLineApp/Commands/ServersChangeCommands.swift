import Arguments
import JSON
import Settings

extension OptionRow {
  static let replace = OptionRow("replace", help: "Write over a server of the same name")
}

extension Command {
  private static let newName = PositionalRow(
    ValueRow("NAME"), help: "What @NAME shall stand for")
  private static let oldName = PositionalRow(
    ValueRow("NAME", .known("catalog")), help: "A server of the catalog")
  private static let about = OptionRow(
    "about", takes: ValueRow("TEXT"), help: "A line about the server")

  static let serversAdd = Command(
    CommandRow(
      "servers add", in: .catalog, summary: "Add a server to the catalog",
      details: [
        "Values may hold ${NAME} and ${NAME:-default}; they are expanded when a connection is made, so that no secret need stand in the catalog."
      ],
      positionals: [newName, TargetRows.target],
      options: TargetRows.description + [about, .replace, .json], rest: TargetRows.command,
      examples: [
        .init(
          "alidade servers add alumia https://app.alumia.com/mcp -H 'Authorization: Bearer ${ALUMIA_KEY}'",
          "An address with a key from the environment"),
        .init("alidade servers add alloy -e ALLOY_API_TOKEN -- alloy-mcp", "A command"),
      ])
  ) { arguments, context throws(CommandFailure) in
    var definition = try TargetReader(arguments: arguments, context: context).described()
    definition.name = arguments[newName] ?? ""
    definition.note = arguments[about] ?? definition.note
    let catalog = ServerCatalog(places: KnownServers.places(context))
    let change = try changing { () throws(CatalogError) in
      try catalog.set(definition, replacing: arguments.has(.replace))
    }
    tell(change, definition.name, catalog.path, arguments, context)
    return .ok
  }

  static let serversRemove = Command(
    CommandRow(
      "servers remove", in: .catalog, summary: "Remove a server from the catalog",
      positionals: [oldName], options: [.json],
      examples: [.init("alidade servers remove alumia", "The rest of the file stays as it is")])
  ) { arguments, context throws(CommandFailure) in
    let name = arguments.serverName(oldName)
    let catalog = ServerCatalog(places: KnownServers.places(context))
    let change = try changing { () throws(CatalogError) in try catalog.remove(name) }
    tell(change, name, catalog.path, arguments, context)
    return .ok
  }

  static func changing<Result>(
    _ body: () throws(CatalogError) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(CatalogError) {
      return try body()
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func tell(
    _ change: ServerCatalog.Change, _ name: String, _ path: String,
    _ arguments: ParsedArguments, _ context: CommandContext
  ) {
    if arguments.has(.json) {
      let document: JSON = [
        "name": .string(name), "change": .string(change.rawValue), "path": .string(path),
      ]
      context.output.document(document)
    } else {
      let shown = KnownServers.shown(path, home: KnownServers.places(context).home)
      context.output.line("\(change.rawValue) \(name) in \(shown)")
    }
  }
}

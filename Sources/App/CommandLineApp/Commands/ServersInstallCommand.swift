import Arguments
import JSON
import SafeText
import Settings

extension Command {
  private static let name = PositionalRow(
    ValueRow("NAME", .known("catalog")), help: "A server of the catalog")
  private static let client = OptionRow(
    "target", takes: ValueRow("CLIENT", .choice(Installer.all.map(\.id))), isRequired: true,
    help: "The client to write it for")
  private static let project = OptionRow(
    "project", help: "Write the project's file instead of the user's")
  private static let remove = OptionRow("remove", help: "Take the server out of the file again")
  private static let dryRun = OptionRow("dry-run", help: "Only show the difference")

  static let serversInstall = Command(
    CommandRow(
      "servers install", in: .catalog, summary: "Write a server into another client's file",
      details: [
        "The rest of the file stays byte for byte, a copy is kept beside it, and a file with a mistake in it is not touched. Doing it twice changes nothing."
      ],
      positionals: [name], options: [client, project, remove, dryRun, .reveal, .json],
      examples: [
        .init("alidade servers install alumia --target codex --dry-run", "The difference first"),
        .init("alidade servers install alumia --target claude-code --project", "For a project"),
        .init("alidade servers install alumia --target cursor --remove", "And out again"),
      ])
  ) { arguments, context throws(CommandFailure) in
    guard let installer = arguments[client].flatMap(Installer.named) else { return .usage }
    let isProject = arguments.has(project)
    guard !isProject || installer.hasProjectFiles else {
      throw CommandFailure(.usage, "\(installer.title) has no file for a project")
    }
    let plan = try installPlan(installer, arguments, context, isProject)
    var backup: String?
    if !arguments.has(dryRun) {
      backup = try changing { () throws(CatalogError) in
        do throws(FileFailure) { return try plan.apply() } catch { throw .file(error) }
      }
    }
    report(plan, backup, arguments, context)
    return .ok
  }

  private static func installPlan(
    _ installer: Installer, _ arguments: ParsedArguments, _ context: CommandContext,
    _ isProject: Bool
  ) throws(CommandFailure) -> InstallPlan {
    let places = KnownServers.places(context)
    let wanted = arguments.serverName(name)
    if arguments.has(remove) {
      return try changing { () throws(CatalogError) in
        try installer.plan(removing: wanted, in: places, project: isProject)
      }
    }
    let catalog = ServerCatalog(places: places).load()
    if let failure = catalog.failure {
      throw CommandFailure(.usage, "the catalog cannot be read: \(failure)")
    }
    guard let definition = catalog.servers.first(where: { $0.name == wanted }) else {
      throw .unknownServer(wanted, known: catalog.servers.map(\.name))
    }
    if let url = definition.url, url.hasPrefix("demo:") {
      throw CommandFailure(
        .usage, "no other program knows '\(url)'",
        hint: "servers add NAME -- alidade serve \(url.dropFirst("demo:".count)) --stdio")
    }
    return try changing { () throws(CatalogError) in
      try installer.plan(installing: definition, in: places, project: isProject)
    }
  }

  private static func report(
    _ plan: InstallPlan, _ backup: String?, _ arguments: ParsedArguments,
    _ context: CommandContext
  ) {
    let diff = plan.diff(revealing: arguments.has(.reveal))
    if arguments.has(.json) {
      var document: JSONObject = [
        "client": .string(plan.client), "path": .string(plan.path),
        "change": .string(plan.change.rawValue), "written": .bool(!arguments.has(dryRun)),
        "diff": .string(diff), "notes": .array(plan.notes.map(JSON.string)),
      ]
      if let backup { document["backup"] = .string(backup) }
      context.output.document(JSON.object(document))
      return
    }
    if arguments.has(dryRun) {
      context.output.write(SafeText(diff, .block).text)
    } else {
      context.output.line(
        "\(plan.change.rawValue) \(SafeText(arguments.serverName(name)).text) in \(plan.path)")
      if let backup { context.output.line("the file as it was: \(backup)") }
    }
    for note in plan.notes { context.errors.line("note: \(SafeText(note).text)") }
  }
}

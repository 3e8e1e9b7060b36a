import Arguments
import JSON
import SafeText
import Settings

extension Command {
  private static let file = PositionalRow(
    ValueRow("FILE", .file), .optional, help: "A client's file; without it all that are found")
  private static let client = OptionRow(
    "source", takes: ValueRow("CLIENT", .choice(Importer.all.map(\.id))),
    help: "Whose file it is, or whose files are looked for")
  private static let names = OptionRow(
    "name", takes: ValueRow("NAME"), repeats: true, help: "Only this server")
  private static let project = OptionRow(
    "project", help: "Take what the project's files bring, too")
  private static let dryRun = OptionRow("dry-run", help: "Only show what would be done")

  static let serversImport = Command(
    CommandRow(
      "servers import", in: .catalog, summary: "Take servers of other clients into the catalog",
      details: [
        "Variables are kept in the catalog's own form, places are written out, inputs become environment variables, and a command that runs mcp-remote becomes the address behind it.",
        "Servers of the project's files are left out unless you ask for them: look at them first.",
      ],
      positionals: [file],
      options: [client, names, project, .replace, dryRun, .reveal, .json],
      examples: [
        .init("alidade servers import --dry-run", "What other clients have"),
        .init("alidade servers import ~/.codex/config.toml", "One file"),
        .init("alidade servers import --source cursor --name allv", "One server"),
      ])
  ) { arguments, context throws(CommandFailure) in
    var run = ImportRun(
      known: KnownServers(context), replaces: arguments.has(.replace),
      writes: !arguments.has(dryRun))
    let sources = try run.sources(arguments[file], arguments[client])
    let wanted = arguments.all(names)
    let takesProject = arguments.has(project) || arguments[file] != nil
    for server in sources.flatMap(\.result.servers)
    where wanted.isEmpty || wanted.contains(server.name) {
      try run.take(server, isAllowed: takesProject || !server.origin.needsConsent)
    }
    if let missing = wanted.first(where: { name in !run.rows.contains { $0.server.name == name } })
    {
      throw .unknownServer(missing, known: sources.flatMap { $0.result.servers.map(\.name) })
    }
    run.report(sources, arguments.has(.json), arguments.has(.reveal), context)
    return arguments[file] != nil && sources.contains { run.isUseless($0) } ? .usage : .ok
  }
}

/// One run of `servers import`: what was taken, and what was not and why.
struct ImportRun {
  enum Outcome: String {
    case added, replaced, unchanged
    case taken = "kept the catalog's own"
    case project = "left out, the project's"
    case twice = "left out, named before"
    case nameless = "left out, nothing can name it"
  }

  struct Row {
    let server: ServerDefinition
    let outcome: Outcome
  }

  let known: KnownServers
  let replaces: Bool
  let writes: Bool
  private(set) var rows: [Row] = []

  init(known: KnownServers, replaces: Bool, writes: Bool) {
    self.known = known
    self.replaces = replaces
    self.writes = writes
  }

  func sources(_ file: String?, _ client: String?) throws(CommandFailure) -> [ServerSource] {
    if let failure = known.catalog.result.failure {
      throw CommandFailure(.usage, "the catalog cannot be read: \(failure)")
    }
    guard let file else {
      return known.sources.dropFirst().filter { client == nil || $0.id == client }
    }
    let path = ConfigPlaces.join(known.places.directory, file)
    let found = Discovery(places: known.places)
      .read(file: path, as: client.flatMap(Importer.named))
    return [
      ServerSource(
        id: found.importer.id, title: found.importer.title, path: path, result: found.result)
    ]
  }

  /// Nothing could be read of it, or only what is wrong with it.
  func isUseless(_ source: ServerSource) -> Bool {
    let result = source.result
    return result.failure != nil
      || result.servers.isEmpty && result.findings.contains { $0.severity == .error }
  }

  mutating func take(_ server: ServerDefinition, isAllowed: Bool) throws(CommandFailure) {
    rows.append(Row(server: server, outcome: try outcome(server, isAllowed)))
  }

  private func outcome(
    _ server: ServerDefinition, _ isAllowed: Bool
  ) throws(CommandFailure) -> Outcome {
    guard isAllowed else { return .project }
    guard Target.canName(server.name) else { return .nameless }
    let isTwice = rows.contains { $0.server.name == server.name && $0.outcome != .project }
    guard !isTwice else { return .twice }
    let workspace = server.origin.project ?? known.places.directory
    let own = server.translated(workspace: workspace, home: known.places.home)
    let old = known.catalog.result.servers.first { $0.name == server.name }
    if let old, old.catalogEntry == own.catalogEntry { return .unchanged }
    if old != nil, !replaces { return .taken }
    guard writes else { return old == nil ? .added : .replaced }
    let catalog = ServerCatalog(places: known.places)
    let change = try Command.changing { () throws(CatalogError) in
      try catalog.set(own, replacing: replaces)
    }
    return Outcome(rawValue: change.rawValue) ?? .unchanged
  }

  // MARK: - The report

  func report(
    _ sources: [ServerSource], _ isJSON: Bool, _ revealing: Bool, _ context: CommandContext
  ) {
    let listing = ServerListing(known: known, revealing: revealing)
    if isJSON {
      guard var document = listing.json(sources).object else { return }
      document["servers"] = .array(
        rows.map { row in
          var object = row.server.json(revealing: revealing).object ?? [:]
          object["outcome"] = .string(row.outcome.rawValue)
          return .object(object)
        })
      context.output.document(JSON.object(document))
      return
    }
    if rows.isEmpty { context.output.line("No servers were found.") }
    for row in rows {
      let address = row.server.shown(revealing: revealing).address
      context.output.line(
        "\(row.outcome.rawValue): \(SafeText("\(row.server.name)  \(address)").text)")
    }
    for source in sources {
      for line in ServerListing.findings(source.result.findings) {
        context.errors.line("\(known.shown(source.path)): \(line)")
      }
    }
  }
}

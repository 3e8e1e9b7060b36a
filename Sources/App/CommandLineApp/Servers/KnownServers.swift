import Arguments
import JSON
import Settings

/// The servers of one file: the own catalog's or a client's.
struct ServerSource {
  let id: String
  let title: String
  let path: String
  let result: ImportResult
}

/// Every server that this machine's files speak of, the own catalog's first.
struct KnownServers {
  let places: ConfigPlaces
  let sources: [ServerSource]

  static func places(_ context: CommandContext) -> ConfigPlaces {
    ConfigPlaces(environment: context.environment, directory: context.directory)
  }

  init(_ context: CommandContext) {
    places = Self.places(context)
    let catalog = ServerCatalog(places: places)
    let own = ServerSource(
      id: "alidade", title: "Catalog", path: catalog.path, result: catalog.load())
    sources =
      [own]
      + Discovery(places: places).find().map { config in
        ServerSource(
          id: config.importer.id, title: config.importer.title, path: config.path,
          result: config.result)
      }
  }

  var catalog: ServerSource { sources[0] }

  /// Files that were meant for a client that does not read them.
  var strays: [StrayConfig] { Discovery(places: places).strays() }

  /// The servers of that name, the catalog's before any client's.
  func named(_ name: String) throws(CommandFailure) -> [ServerDefinition] {
    let all = sources.flatMap(\.result.servers)
    let found = all.filter { $0.name == name }
    guard found.isEmpty else { return found }
    throw .unknownServer(name, known: all.map(\.name))
  }

  /// A path as people write it.
  func shown(_ path: String) -> String { Self.shown(path, home: places.home) }

  static func shown(_ path: String, home: String) -> String {
    guard home != "/", path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}

extension ParsedArguments {
  /// A server's name, which people also write as they name a target: `@name`.
  func serverName(_ row: PositionalRow) -> String {
    let text = self[row] ?? ""
    return String(text.hasPrefix("@") ? text.dropFirst() : text[...])
  }
}

extension CommandFailure {
  static func unknownServer(
    _ name: String, known: [String], typed: String? = nil
  ) -> CommandFailure {
    let near = Spelling.nearest(to: typed ?? name, in: known)
    return CommandFailure(
      .usage, "there is no server '\(name)'",
      hint: near.isEmpty
        ? "alidade servers list shows what there is"
        : "did you mean \(near.joined(separator: " or "))?")
  }

  init(_ error: CatalogError) {
    switch error {
    case .unknown(let name, let known): self = .unknownServer(name, known: known)
    case .nameTaken: self.init(.usage, error.sentence, hint: "--replace writes over it")
    default: self.init(.usage, error.sentence)
    }
  }

  init(_ error: TargetError) {
    if case .unknownServer(let name, let known) = error {
      self = .unknownServer(name, known: known.map { "@\($0)" }, typed: "@\(name)")
    } else {
      self.init(.usage, error.sentence, hint: error.hint)
    }
    details["reason"] = .string(error.code)
  }
}

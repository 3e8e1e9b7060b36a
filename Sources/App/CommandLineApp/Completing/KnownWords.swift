import Arguments
import EventLoop
import MCPProtocol
import Operations
import Settings

/// The words that only this machine, or a server, knows: candidates for a shell's completion.
@LoopActor
struct KnownWords {
  typealias Offer = Arguments.Completion
  typealias Candidate = Offer.Candidate

  private let context: CommandContext
  private let offer: Offer

  /// Seconds for which a server at an address that was never asked before is asked.
  private let patience: Double

  init(_ context: CommandContext, _ offer: Offer, patience: Double = 1.5) {
    self.patience = patience
    self.context = context
    self.offer = offer
  }

  /// Those that go on from what is typed, an option's name and `=` in front included.
  func candidates(_ name: String) async -> [Candidate] {
    let isOption = offer.typed.hasPrefix("-")
    let head = isOption ? offer.typed.firstIndex(of: "=").map { offer.typed[...$0] } ?? "" : ""
    return await words(name).map { Candidate(word: head + $0.word, help: $0.help) }
      .filter { $0.word.hasPrefix(offer.typed) }
  }

  private func words(_ name: String) async -> [Candidate] {
    switch name {
    case "commands": Grammar.alidade.listed.map { Candidate(word: $0.name, help: $0.summary) }
    case "versions": ProtocolVersion.known.map { Candidate(word: $0.rawValue, help: "") }
    case "methods": KnownMethods.ofClients.map { Candidate(word: $0, help: "") }
    case "targets": targets
    case "servers": servers
    case "catalog": catalogued
    case "tools": await items(.tools)
    case "prompts": await items(.prompts)
    case "uris": await items(.resources)
    case "arguments": await arguments()
    default: []
    }
  }

  // MARK: - Servers

  private var catalog: [ServerDefinition] {
    ServerCatalog(places: KnownServers.places(context)).load().servers.filter { !$0.isDisabled }
  }

  /// What a command that changes the catalog may name, the disabled ones too.
  private var catalogued: [Candidate] {
    ServerCatalog(places: KnownServers.places(context)).load().servers.map {
      Candidate(word: $0.name, help: $0.shown(revealing: false).address)
    }
  }

  private var targets: [Candidate] {
    catalog.map { Candidate(word: "@\($0.name)", help: $0.shown(revealing: false).address) }
      + ServedSystem.all.map { Candidate(word: "demo:\($0.name)", help: $0.summary) }
  }

  private var servers: [Candidate] {
    KnownServers(context).sources.flatMap { source in
      source.result.servers.map { Candidate(word: $0.name, help: source.title) }
    }
  }

  // MARK: - What a server lists

  private func items(_ list: CatalogList) async -> [Candidate] {
    (await seen(list)).filter { Self.isWord($0.name) }
      .map { Candidate(word: $0.name, help: $0.note) }
  }

  /// A name that would be read as an option, or that no line of a shell can hold, is not offered.
  private static func isWord(_ name: String) -> Bool {
    !name.hasPrefix("-") && !name.utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }

  private func arguments() async -> [Candidate] {
    let isPrompt = offer.parsed?[PromptRows.name] != nil
    let name = offer.parsed?[isPrompt ? PromptRows.name : CallRows.tool] ?? ""
    let found = await seen(isPrompt ? .prompts : .tools).first { $0.name == name }
    let given = Set(
      (offer.parsed?.all(CallArguments.words) ?? []).map { $0.prefix { $0 != "=" && $0 != ":" } })
    return (found?.arguments ?? []).flatMap { argument in
      let isTyped = offer.typed.hasPrefix("\(argument.name)=")
      if isTyped {
        return argument.values.map { Candidate(word: "\(argument.name)=\($0)", help: "") }
      }
      guard !given.contains(argument.name[...]) else { return [Candidate]() }
      let help = (argument.isRequired ? "needed. " : "") + argument.note
      return [Candidate(word: "\(argument.name)=", help: help)]
    }
  }

  private func seen(_ list: CatalogList) async -> [SeenLists.Item] {
    guard let parsed = offer.parsed, let folder = StateFolder.path(in: context.environment),
      let definition = definition(parsed)
    else { return [] }
    let file = SeenFile(stateFolder: folder, definition: definition)
    if let known = file.read()?.items[list] { return known }
    // Only an address is asked: a process is started by a command, never by a key of the shell.
    guard definition.command == nil else { return [] }
    await ask(definition, list)
    return file.read()?.items[list] ?? []
  }

  private func definition(_ parsed: ParsedArguments) -> ServerDefinition? {
    do throws(CommandFailure) {
      return try TargetReader(arguments: parsed, context: context).definition()
    } catch {
      return nil
    }
  }

  private func ask(_ definition: ServerDefinition, _ list: CatalogList) async {
    var definition = definition
    definition.timeout = patience
    let station = Station(.of(context), loop: LoopActor.loop)
    do throws(OperationFailure) {
      let connection = try await station.connect(to: definition) { _ in }
      _ = try await connection.list(list)
      await connection.close()
    } catch {
      // A server that does not answer has nothing to complete with.
    }
    await station.close()
  }
}

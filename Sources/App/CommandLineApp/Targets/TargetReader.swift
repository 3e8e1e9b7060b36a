import Arguments
import Glibc
import JSON
import SafeText
import Settings

/// Makes a server definition, ready to connect to, of the words of a command line.
struct TargetReader {
  let arguments: ParsedArguments
  let context: CommandContext
  /// In place of the target and the revision that the words name.
  var named: String?
  var version: String?

  /// The definition with its variables filled in.
  func definition() throws(CommandFailure) -> ServerDefinition {
    try expanded(described())
  }

  /// The definition as it is described, nothing filled in.
  func described() throws(CommandFailure) -> ServerDefinition {
    let target = try target()
    let catalog = try catalog(for: target)
    let definition: ServerDefinition?
    do {
      definition = try target.definition(with: options, in: catalog)
    } catch {
      throw elsewhere(error) ?? CommandFailure(error)
    }
    guard let definition else {
      throw CommandFailure(.usage, "the built-in systems are not part of this release")
    }
    return definition
  }

  private func target() throws(CommandFailure) -> Target {
    do throws(TargetError) {
      if let named { return try Target.parse(named) }
      return arguments.rest.isEmpty
        ? try Target.parse(arguments[TargetRows.target] ?? "")
        : try Target.parse(command: arguments.rest)
    } catch {
      throw CommandFailure(error)
    }
  }

  private var options: TargetOptions {
    var options = TargetOptions()
    options.headers = arguments.all(TargetRows.header)
    options.variables = arguments.all(TargetRows.variable)
    options.directory = arguments[TargetRows.directory]
    options.transport = arguments[TargetRows.transport]
    options.protocolVersion = version ?? arguments[TargetRows.version]
    options.authorities = arguments[TargetRows.authorities]
    options.certificate = arguments[TargetRows.certificate]
    options.key = arguments[TargetRows.key]
    options.isInsecure = arguments.has(TargetRows.insecure)
    options.timeout = arguments[TargetRows.timeout]
    return options
  }

  // MARK: - The catalog

  private func catalog(for target: Target) throws(CommandFailure) -> [ServerDefinition] {
    guard case .catalog = target else { return [] }
    let found = ServerCatalog(places: KnownServers.places(context)).load()
    if let failure = found.failure {
      throw CommandFailure(.usage, "the catalog cannot be read: \(failure)")
    }
    return found.servers
  }

  /// A name that only another client's file knows: nothing of that runs before it was taken over.
  private func elsewhere(_ error: TargetError) -> CommandFailure? {
    guard case .unknownServer(let name, _) = error else { return nil }
    let known = KnownServers(context)
    for source in known.sources.dropFirst() {
      guard let found = source.result.servers.first(where: { $0.name == name }) else { continue }
      let project = found.origin.trust == .project ? ["--project"] : []
      let path = known.shown(source.path)
      // A shell finds the home folder only where the sign for it is not quoted.
      let home = path.hasPrefix("~/") ? "~/" : ""
      let file = home + ShellWords.join([String(path.dropFirst(home.count))])
      return CommandFailure(
        .usage, "there is no server '\(name)' in the catalog",
        hint:
          "`alidade servers import \(file) \(ShellWords.join(["--name", name] + project))` takes it over, "
          + "`alidade servers show \(ShellWords.join([name]))` shows what it runs")
    }
    return nil
  }

  // MARK: - Variables

  private func expanded(_ definition: ServerDefinition) throws(CommandFailure) -> ServerDefinition {
    let scope = VariableScope(
      environment: context.environment, home: context.environment["HOME"] ?? "",
      workspace: context.directory)
    let expanded = definition.expanded(in: scope)
    guard let missing = expanded.unresolved.first else { return expanded.definition }
    throw CommandFailure(
      .usage, missing.sentence,
      hint: expanded.unresolved.count > 1 ? "\(expanded.unresolved.count) values are missing" : nil,
      details: ["reason": "config-variable"])
  }
}

import JSON

/// Turns packages and remotes of a `server.json` into definitions, in both of its spellings.
struct RegistryReader {
  let root: ConfigNode
  let origin: Origin
  var findings: [ConfigFinding] = []

  init(root: ConfigNode, origin: Origin) {
    self.root = root
    self.origin = origin
  }

  private var name: String { root["name"]?.string ?? "server" }

  mutating func read() -> ImportResult {
    var servers = (root["remotes"]?.elements ?? []).compactMap { remote($0) }
    servers += (root["packages"]?.elements ?? []).compactMap { package($0) }
    if servers.isEmpty {
      findings.append(
        ConfigFinding(.error, .noSection(expected: "packages or remotes"), at: root.position))
    }
    // Several ways to the same server need names of their own.
    for index in servers.indices.dropFirst() { servers[index].name += "-\(index + 1)" }
    for server in servers {
      findings += EntryChecks.findings(in: server, client: "the registry") { _ in
        server.origin.position
      }
    }
    return ImportResult(servers: servers, findings: findings)
  }

  func definition(
    _ transport: TransportKind, at node: ConfigNode
  ) -> ServerDefinition {
    // `io.github.owner/name` is known by its last part.
    let short = name.split(separator: "/").last.map(String.init) ?? name
    var origin = origin
    origin.position = node.position
    var definition = ServerDefinition(name: short, transport: transport, origin: origin)
    definition.note = root["description"]?.string
    definition.dialect = .registry
    return definition
  }

  // MARK: - Remotes

  private mutating func remote(_ node: ConfigNode) -> ServerDefinition? {
    let word = (node["type"] ?? node["transport_type"])?.string
    var definition = definition(word.flatMap(ClientShape.kind(ofAny:)) ?? .auto, at: node)
    guard let url = node["url"]?.string else {
      findings.append(
        ConfigFinding(.error, .neitherURLNorCommand, server: name, at: node.position))
      return nil
    }
    definition.url = url
    addInputs(node["variables"], to: &definition)
    for header in node["headers"]?.elements ?? [] {
      if let pair = value(of: header, &definition) { definition.headers.append(pair) }
    }
    return definition
  }

  // MARK: - Packages

  private static let runners: [String: [String]] = [
    "npm": ["npx", "-y"], "pypi": ["uvx"], "oci": ["docker", "run", "-i", "--rm"],
    "docker": ["docker", "run", "-i", "--rm"], "nuget": ["dnx", "--yes"],
  ]

  private static let hinted: [String: [String]] = [
    "npx": ["npx", "-y"], "bunx": ["bunx"], "uvx": ["uvx"],
    "docker": ["docker", "run", "-i", "--rm"],
    "dnx": ["dnx", "--yes"],
  ]

  private mutating func package(_ node: ConfigNode) -> ServerDefinition? {
    let kind =
      (node["registryType"] ?? node["registry_type"] ?? node["registry_name"])?.string ?? ""
    let identifier = (node["identifier"] ?? node["name"])?.string ?? ""
    let hint = (node["runtimeHint"] ?? node["runtime_hint"])?.string
    guard let runner = hint.map({ Self.hinted[$0] ?? [$0] }) ?? Self.runners[kind],
      !identifier.isEmpty
    else {
      let kinds = Self.runners.keys.sorted()
      findings.append(
        ConfigFinding(
          .warning, .unknownType(kind, expected: kinds), server: name, at: node.position))
      return nil
    }
    var definition = definition(.stdio, at: node)
    addEnvironment(of: node, to: &definition)
    var words =
      runner + arguments(node["runtimeArguments"] ?? node["runtime_arguments"], &definition)
    if runner.first == "docker" { words += definition.environment.flatMap { ["-e", $0.name] } }
    words.append(Self.versioned(identifier, node["version"]?.string, kind))
    words += arguments(node["packageArguments"] ?? node["package_arguments"], &definition)
    definition.command = words.first
    definition.arguments = Array(words.dropFirst())
    connect(node["transport"], &definition)
    return definition
  }

  private static func versioned(_ name: String, _ version: String?, _ kind: String) -> String {
    guard let version, !version.isEmpty, version != "latest" else { return name }
    switch kind {
    case "npm": return "\(name)@\(version)"
    case "pypi": return "\(name)==\(version)"
    case "nuget": return "\(name)@\(version)"
    default: return name.contains(":") ? name : "\(name):\(version)"
    }
  }

  /// A package that serves an address still has to be started; the address is kept for the user.
  private func connect(_ transport: ConfigNode?, _ definition: inout ServerDefinition) {
    guard let transport, let type = transport["type"]?.string, type != "stdio" else { return }
    definition.rest["transport"] = transport.json
  }

  private mutating func addEnvironment(of node: ConfigNode, to definition: inout ServerDefinition) {
    let variables = node["environmentVariables"] ?? node["environment_variables"]
    for variable in variables?.elements ?? [] {
      if let pair = value(of: variable, &definition) { definition.environment.append(pair) }
    }
  }
}

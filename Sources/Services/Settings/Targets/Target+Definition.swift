extension Target {
  /// The definition this target stands for; nil for a built-in system, which its own owner resolves.
  package func definition(
    with options: TargetOptions, in catalog: [ServerDefinition]
  ) throws(TargetError) -> ServerDefinition? {
    switch self {
    case .url(let url):
      var definition = ServerDefinition(name: url, transport: .auto, origin: .commandLine)
      definition.url = url
      return try options.apply(to: definition)
    case .command(let words, let environment):
      return try options.apply(to: Self.definition(of: words, environment))
    case .catalog(let name): return try options.apply(to: Self.find(name, in: catalog))
    case .demo(let name): return try options.apply(to: Self.demo(name))
    }
  }

  /// A system of this program: at an address that is found out on connecting, or as a process of its own.
  private static func demo(_ name: String) -> ServerDefinition {
    let word = "demo:\(name)"
    guard name.hasSuffix("+stdio") else {
      var definition = ServerDefinition(name: word, transport: .auto, origin: .commandLine)
      definition.url = word
      return definition
    }
    var definition = Self.definition(
      of: ["/proc/self/exe", "serve", String(name.dropLast(6)), "--stdio"], [])
    definition.name = word
    return definition
  }

  private static func definition(
    of words: [String], _ environment: [NamedValue]
  ) -> ServerDefinition {
    let program = words.first ?? ""
    var definition = ServerDefinition(name: program, transport: .stdio, origin: .commandLine)
    definition.command = program
    definition.arguments = Array(words.dropFirst())
    definition.environment = environment
    return definition
  }

  private static func find(
    _ name: String, in catalog: [ServerDefinition]
  ) throws(TargetError) -> ServerDefinition {
    guard let found = catalog.first(where: { $0.name == name }) else {
      throw .unknownServer(name, known: catalog.map(\.name))
    }
    guard !found.isDisabled else { throw .disabledServer(name) }
    return found
  }
}

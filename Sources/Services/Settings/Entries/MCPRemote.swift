/// Understands a command that only bridges to an address: `npx -y mcp-remote URL --header K:V`.
package enum MCPRemote {
  /// The server behind the bridge, to be connected to directly; nil for any other command.
  package static func server(behind definition: ServerDefinition) -> ServerDefinition? {
    guard let options = words(afterBridgeIn: definition.words) else { return nil }
    var result = definition
    result.transport = .auto
    result.bridge = definition.words
    result.command = nil
    result.arguments = []
    result.environment = []
    apply(options, to: &result, definition.environment)
    return result.url == nil ? nil : result
  }

  private static let runners: Set<String> = [
    "npx", "bunx", "pnpx", "npm", "pnpm", "yarn", "bun", "node", "deno", "cmd", "cmd.exe",
  ]

  private static func words(afterBridgeIn words: [String]) -> ArraySlice<String>? {
    guard let program = words.first.map(baseName),
      let index = words.firstIndex(where: isBridge), index == 0 || runners.contains(program)
    else { return nil }
    // Only a runner's own words may stand before it.
    let between = words[..<index].dropFirst()
    let fits = between.allSatisfy {
      $0.hasPrefix("-") || ["dlx", "exec", "x", "run", "/c", "npx"].contains($0.lowercased())
    }
    return fits ? words[(index + 1)...] : nil
  }

  private static func isBridge(_ word: String) -> Bool {
    let name = baseName(word)
    return name == "mcp-remote" || name.hasPrefix("mcp-remote@") || word.hasPrefix("npm:mcp-remote")
  }

  private static func baseName(_ path: String) -> String {
    String(path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
  }

  // MARK: - Its options

  private static let transports: [String: TransportKind] = [
    "http-first": .auto, "http-only": .http, "sse-first": .sse, "sse-only": .sse,
  ]

  private static let valued: Set<String> = [
    "--host", "--auth-timeout", "--static-oauth-client-metadata", "--static-oauth-client-info",
    "--resource", "--ignore-tool",
  ]

  private static func apply(
    _ words: ArraySlice<String>, to definition: inout ServerDefinition,
    _ environment: [NamedValue]
  ) {
    var rest = words
    while let word = rest.popFirst() {
      let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }
      switch word.prefix(while: { $0 != "=" }) {
      case "--header" where word.hasPrefix("--"):
        guard let line = value ?? rest.popFirst() else { return }
        add(header: line, to: &definition, environment)
      case "--transport":
        guard let name = value ?? rest.popFirst() else { return }
        definition.transport = transports[name] ?? .auto
      case let option where valued.contains(String(option)):
        if value == nil { _ = rest.popFirst() }
      default:
        let isAddress = word.hasPrefix("http://") || word.hasPrefix("https://")
        if isAddress || word.hasPrefix("${"), definition.url == nil { definition.url = word }
      }
    }
  }

  /// The bridge takes `${NAME}` from the environment its entry gives it.
  private static func add(
    header line: String, to definition: inout ServerDefinition, _ environment: [NamedValue]
  ) {
    guard var header = NamedValue(headerLine: line) else { return }
    for variable in environment {
      header.value = header.value.replacing(text: "${\(variable.name)}", with: variable.value)
    }
    definition.headers.set(header, ignoringCase: true)
  }
}

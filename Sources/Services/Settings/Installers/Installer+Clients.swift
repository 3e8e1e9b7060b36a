import JSON

extension Installer {
  static let claudeDesktop = Installer(
    id: "claude", title: "Claude Desktop",
    userFiles: Importer.claudeDesktop.locations, projectFiles: [], language: .json,
    section: ["mcpServers"],
    entry: { definition in
      plainEntry(Importer.claudeDesktop.shape)(definition.bridged)
    })

  static let claudeCode = Installer(
    id: "claude-code", title: "Claude Code",
    userFiles: Importer.claudeCode.locations.filter { $0.base != .project },
    projectFiles: Importer.claudeCode.locations.filter { $0.base == .project },
    language: .json, section: ["mcpServers"], entry: typedEntry(Importer.claudeCode.shape))

  static let gemini = Installer(
    id: "gemini", title: "Gemini CLI",
    userFiles: [ConfigLocation(.home, ".gemini/extensions/*/gemini-extension.json")],
    projectFiles: [ConfigLocation(.project, ".gemini/settings.json")],
    language: .commentedJSON, section: ["mcpServers"],
    entry: { definition in
      var shape = Importer.gemini.shape
      // Without `type` the member's own name tells the two kinds of address apart.
      shape.types = [:]
      if definition.transport != .sse { shape.fields["url"] = nil }
      return plainEntry(shape)(definition)
    },
    frame: { name in ["name": .string(name), "version": "1.0.0"] })

  static let cursor = Installer(
    id: "cursor", title: "Cursor",
    userFiles: Importer.cursor.locations.filter { $0.base != .project },
    projectFiles: Importer.cursor.locations.filter { $0.base == .project },
    language: .json, section: ["mcpServers"],
    entry: { definition in
      var shape = Importer.cursor.shape
      shape.types = [:]
      return plainEntry(shape)(definition)
    })

  static let vsCode = Installer(
    id: "vscode", title: "VS Code",
    userFiles: Importer.vsCode.locations.filter { $0.base != .project && $0.isDedicated },
    projectFiles: Importer.vsCode.locations.filter { $0.base == .project && $0.isDedicated },
    language: .relaxedJSON, section: ["servers"], entry: typedEntry(Importer.vsCode.shape))

  /// An address must say its kind; where nothing is known it is Streamable HTTP.
  private static func typedEntry(
    _ shape: ClientShape
  ) -> @Sendable (ServerDefinition) -> Entry {
    { definition in
      var definition = definition
      if definition.url != nil, definition.transport == .auto { definition.transport = .http }
      return plainEntry(shape)(definition)
    }
  }
}

extension ServerDefinition {
  /// For clients that start commands only: an address becomes the bridge to it.
  var bridged: ServerDefinition {
    guard let url else { return self }
    var result = self
    result.url = nil
    result.transport = .stdio
    result.headers = []
    let words = bridge ?? bridgeWords(url)
    result.command = words.first
    result.arguments = Array(words.dropFirst())
    return result
  }

  private func bridgeWords(_ url: String) -> [String] {
    var words = ["npx", "-y", "mcp-remote", url]
    if url.hasPrefix("http://"), !isLoopback { words.append("--allow-http") }
    if transport == .sse { words += ["--transport", "sse-only"] }
    return words + headers.flatMap { ["--header", "\($0.name): \($0.value)"] }
  }
}

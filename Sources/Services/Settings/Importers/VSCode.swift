extension Importer {
  static let vsCode = Importer(
    "vscode", "VS Code",
    at: [
      ConfigLocation(.project, ".vscode/mcp.json"),
      ConfigLocation(.project, ".vscode/settings.json", isDedicated: false),
      ConfigLocation(.configuration, "Code/User/mcp.json"),
      ConfigLocation(.configuration, "Code/User/settings.json", isDedicated: false),
      ConfigLocation(.macSupport, "Code/User/mcp.json"),
      ConfigLocation(.macSupport, "Code/User/settings.json", isDedicated: false),
      ConfigLocation(.windowsData, "Code/User/mcp.json"),
      ConfigLocation(.windowsData, "Code/User/settings.json", isDedicated: false),
    ], .relaxedJSON,
    .common(
      "VS Code", .vsCode, sections: [["servers"], ["mcp", "servers"]],
      adding: [
        "envFile": .environmentFile, "dev": .kept, "gallery": .kept, "version": .kept,
        "sandbox": .kept,
      ],
      types: ["stdio": .stdio, "http": .http, "sse": .sse]),
    extras: ImporterExtras(finish: addInputs))

  /// The inputs that a definition refers to, with what VS Code would show when asking.
  @Sendable private static func addInputs(
    _ definition: inout ServerDefinition, _ root: ConfigNode
  ) -> [ConfigFinding] {
    let wanted = Set(
      definition.variableReferences.compactMap { use -> String? in
        if case .input(let id) = use.reference.subject { id } else { nil }
      })
    let inputs = (root["inputs"] ?? root[path: ["mcp", "inputs"]])?.elements ?? []
    definition.inputs = inputs.compactMap { node in
      guard let id = node["id"]?.string, wanted.contains(id) else { return nil }
      return ConfigInput(
        id: id, note: node["description"]?.string, isSecret: node["password"]?.bool ?? false,
        fallback: node["default"]?.string)
    }
    let name = definition.name
    return wanted.subtracting(definition.inputs.map(\.id)).sorted().map { id in
      ConfigFinding(
        .warning, .wrongValue(expected: "an entry '\(id)' in \"inputs\"", found: "none"),
        server: name, at: definition.origin.position)
    }
  }
}

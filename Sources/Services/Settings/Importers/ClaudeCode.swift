extension Importer {
  static let claudeCode = Importer(
    "claude-code", "Claude Code",
    at: [
      ConfigLocation(.project, ".mcp.json"),
      ConfigLocation(.project, ".claude/mcp.json"),
      ConfigLocation(
        .variable("CLAUDE_CONFIG_DIR", fallback: ""), ".claude.json", isDedicated: false),
      ConfigLocation(.home, ".claude/mcp.json"),
    ], .json, shape,
    extras: ImporterExtras(sections: projects, finish: markDisabled))

  private static var shape: ClientShape {
    var shape = ClientShape.common(
      "Claude Code", .claudeCode,
      adding: [
        "timeout": .milliseconds, "headersHelper": .kept, "oauth": .kept, "alwaysLoad": .kept,
      ])
    shape.typeForAddress = "\"type\": \"http\""
    return shape
  }

  /// `~/.claude.json` keeps a section of servers for each project.
  @Sendable private static func projects(in root: ConfigNode) -> [ConfigSection] {
    (root["projects"]?.members ?? []).compactMap { project in
      guard let node = project.node["mcpServers"], node.members?.isEmpty == false else {
        return nil
      }
      return ConfigSection(node: node, project: project.key)
    }
  }

  @Sendable private static func markDisabled(
    _ definition: inout ServerDefinition, _ root: ConfigNode
  ) -> [ConfigFinding] {
    guard let project = definition.origin.project else { return [] }
    let disabled = root[path: ["projects", project, "disabledMcpServers"]]?.elements ?? []
    if disabled.contains(where: { $0.string == definition.name }) { definition.isDisabled = true }
    return []
  }
}

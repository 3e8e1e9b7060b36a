extension Importer {
  static let openCode = Importer(
    "opencode", "OpenCode",
    at: [
      ConfigLocation(.project, "opencode.json", isDedicated: false),
      ConfigLocation(.project, "opencode.jsonc", isDedicated: false),
      ConfigLocation(.configuration, "opencode/opencode.json", isDedicated: false),
      ConfigLocation(.configuration, "opencode/opencode.jsonc", isDedicated: false),
    ], .relaxedJSON, shape)

  private static var shape: ClientShape {
    ClientShape(
      client: "OpenCode", sections: [["mcp"]],
      fields: [
        "type": .type, "command": .command, "environment": .environment, "url": .url(.auto),
        "headers": .headers, "enabled": .enabled, "timeout": .milliseconds, "cwd": .directory,
        "oauth": .kept,
      ],
      types: ["local": .stdio, "remote": .auto], typeForAddress: "\"type\": \"remote\"",
      commandIsList: true, dialect: .openCode)
  }
}

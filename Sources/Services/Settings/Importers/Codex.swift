extension Importer {
  static let codex = Importer(
    "codex", "Codex",
    at: [
      ConfigLocation(
        .variable("CODEX_HOME", fallback: ".codex"), "config.toml", isDedicated: false),
      ConfigLocation(.project, ".codex/config.toml", isDedicated: false),
    ], .toml, shape)

  private static var shape: ClientShape {
    ClientShape(
      client: "Codex", sections: [["mcp_servers"]],
      fields: [
        "command": .command, "args": .arguments, "env": .environment,
        "env_vars": .passedVariables, "cwd": .directory, "url": .url(.http),
        "http_headers": .headers, "env_http_headers": .headerVariables,
        "bearer_token_env_var": .bearerVariable, "enabled": .enabled,
        "tool_timeout_sec": .seconds, "startup_timeout_sec": .kept, "startup_timeout_ms": .kept,
        "enabled_tools": .kept, "disabled_tools": .kept, "scopes": .kept, "required": .kept,
        "oauth_resource": .kept,
      ],
      types: [:], dialect: .codex)
  }
}

extension Importer {
  static let windsurf = Importer(
    "windsurf", "Windsurf",
    at: [ConfigLocation(.home, ".codeium/windsurf/mcp_config.json")], .json,
    .common(
      "Windsurf", .windsurf,
      adding: [
        "serverUrl": .url(.auto), "disabledTools": .kept, "alwaysAllow": .kept,
        "registry": .kept,
      ]))
}

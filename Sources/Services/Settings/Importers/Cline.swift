extension Importer {
  static let cline = Importer(
    "cline", "Cline",
    at: globalStorage("saoudrizwan.claude-dev/settings/cline_mcp_settings.json")
      + [ConfigLocation(.home, ".cline/data/settings/cline_mcp_settings.json")],
    .json,
    .common(
      "Cline", .cline, adding: kept,
      types: ["stdio": .stdio, "sse": .sse, "streamableHttp": .http]))

  static let roo = Importer(
    "roo", "Roo Code",
    at: [ConfigLocation(.project, ".roo/mcp.json")]
      + globalStorage("rooveterinaryinc.roo-cline/settings/mcp_settings.json"),
    .json,
    .common(
      "Roo Code", .cline, adding: kept,
      types: ["stdio": .stdio, "sse": .sse, "streamable-http": .http]))

  private static let kept: [String: EntryField] = [
    "timeout": .seconds, "autoApprove": .kept, "alwaysAllow": .kept, "disabledTools": .kept,
    "watchPaths": .kept, "oauth": .kept,
  ]

  /// Where VS Code keeps the files of its extensions.
  private static func globalStorage(_ path: String) -> [ConfigLocation] {
    [ConfigLocation.Base.configuration, .macSupport, .windowsData].map {
      ConfigLocation($0, "Code/User/globalStorage/\(path)")
    }
  }
}

extension Importer {
  static let cursor = Importer(
    "cursor", "Cursor",
    at: [
      ConfigLocation(.project, ".cursor/mcp.json"),
      ConfigLocation(.home, ".cursor/mcp.json"),
    ], .json,
    .common("Cursor", .cursor, adding: ["envFile": .environmentFile, "auth": .kept]))
}

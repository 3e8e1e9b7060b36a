extension Importer {
  /// `mcp.json` as many tools write it, and the shape of the own catalog.
  static let plain = Importer(
    "mcp-json", "mcp.json",
    at: [ConfigLocation(.project, "mcp.json")], .json, .alidade)

  /// The own catalog; unlike most clients this program reads comments.
  static let catalog = Importer(
    "alidade", "alidade", at: [ConfigLocation(.configuration, "alidade/servers.json")],
    .relaxedJSON, .alidade)
}

extension ClientShape {
  /// The own catalog: what every client knows, and what only this program has.
  static let alidade = ClientShape.common(
    "alidade", .alidade,
    adding: [
      "timeout": .milliseconds, "protocolVersion": .protocolVersion, "cacert": .authorities,
      "cert": .certificate, "key": .key, "insecure": .insecure,
    ],
    types: ["stdio": .stdio, "http": .http, "sse": .sse, "streamable-http": .http, "auto": .auto])
}

extension Importer {
  static let claudeDesktop = Importer(
    "claude", "Claude Desktop",
    at: [
      ConfigLocation(.configuration, "Claude/claude_desktop_config.json"),
      ConfigLocation(.macSupport, "Claude/claude_desktop_config.json"),
      ConfigLocation(.windowsData, "Claude/claude_desktop_config.json"),
    ], .json, shape)

  private static var shape: ClientShape {
    var shape = ClientShape.common(
      "Claude Desktop", .none,
      types: ["stdio": .stdio, "http": .http, "sse": .sse, "streamable-http": .http])
    shape.takesAddresses = false
    return shape
  }
}

extension Importer {
  static let goose = Importer(
    "goose", "Goose",
    at: [
      ConfigLocation(.configuration, "goose/config.yaml", isDedicated: false),
      ConfigLocation(.windowsData, "Block/goose/config/config.yaml", isDedicated: false),
    ], .yaml, shape,
    extras: ImporterExtras(entry: unwrap))

  private static var shape: ClientShape {
    ClientShape(
      client: "Goose", sections: [["extensions"]],
      fields: [
        "type": .type, "cmd": .command, "args": .arguments, "envs": .environment,
        "env_keys": .passedVariables, "uri": .url(.auto), "headers": .headers,
        "enabled": .enabled, "timeout": .seconds, "description": .note, "name": .kept,
        "bundled": .kept, "available_tools": .kept, "display_name": .kept,
      ],
      types: [
        "stdio": .stdio, "sse": .sse, "streamable_http": .http,
      ], dialect: .goose)
  }

  /// Extensions that are part of Goose, and so no servers.
  private static let inner: Set<String> = ["builtin", "platform", "frontend", "inline_python"]

  /// Older files keep everything but `enabled` in an object of its own.
  @Sendable private static func unwrap(_ member: ConfigNode.Member) -> ConfigNode.Member? {
    var member = member
    if let config = member.node["config"]?.members {
      let outer = member.node.members?.filter { $0.key != "config" } ?? []
      member.node.value = .object(config + outer)
    }
    if let type = member.node["type"]?.string, inner.contains(type) { return nil }
    return member
  }
}

extension Importer {
  static let zed = Importer(
    "zed", "Zed",
    at: [
      ConfigLocation(.project, ".zed/settings.json", isDedicated: false),
      ConfigLocation(.configuration, "zed/settings.json", isDedicated: false),
      ConfigLocation(.home, ".config/zed/settings.json", isDedicated: false),
    ], .relaxedJSON,
    ClientShape(
      client: "Zed", sections: [["context_servers"]],
      fields: [
        "source": .kept, "command": .command, "args": .arguments, "env": .environment,
        "url": .url(.auto), "headers": .headers, "enabled": .enabled, "settings": .kept,
        "timeout": .seconds, "remote": .kept, "oauth": .kept,
      ],
      types: [:], dialect: .none),
    extras: ImporterExtras(entry: dropExtensions))

  /// Servers that a Zed extension brings have only settings here.
  @Sendable private static func dropExtensions(_ member: ConfigNode.Member) -> ConfigNode.Member? {
    let isExtension =
      member.node["source"]?.string == "extension"
      || member.node["settings"] != nil && member.node["command"] == nil
        && member.node["url"] == nil
    return isExtension ? nil : member
  }
}

extension Importer {
  static let gemini = Importer(
    "gemini", "Gemini CLI",
    at: [
      ConfigLocation(.project, ".gemini/settings.json", isDedicated: false),
      ConfigLocation(.home, ".gemini/settings.json", isDedicated: false),
      ConfigLocation(.home, ".gemini/extensions/*/gemini-extension.json", isDedicated: false),
    ], .commentedJSON,
    .common(
      "Gemini CLI", .gemini,
      adding: [
        "httpUrl": .url(.http), "timeout": .milliseconds, "trust": .kept, "includeTools": .kept,
        "excludeTools": .kept, "oauth": .kept, "authProviderType": .kept,
      ],
      types: ["stdio": .stdio, "http": .http, "sse": .sse]))
}

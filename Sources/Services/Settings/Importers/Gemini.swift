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
      types: ["stdio": .stdio, "http": .http, "sse": .sse]),
    extras: ImporterExtras(finish: { server, _ in
      let folder = folder(of: server.origin.path ?? "")
      server = server.mapTexts { text, _ in place(folder, in: text) }
      return []
    }))

  /// An extension's servers lie beside its file.
  private static func place(_ folder: String, in text: String) -> String {
    VariableText.pieces(of: text, in: .gemini).map { piece in
      switch piece {
      case .literal(let text): text
      case .reference(let reference) where reference.subject == .place("extensionPath"): folder
      case .reference(let reference)
      where [.place("/"), .place("pathSeparator")].contains(reference.subject):
        "/"
      case .reference(let reference): reference.text
      }
    }.joined()
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
}

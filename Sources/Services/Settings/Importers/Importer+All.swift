extension Importer {
  /// Every client that is read; a new one is a file and a row here.
  package static let all: [Importer] = [
    .claudeDesktop,
    .claudeCode,
    .cursor,
    .vsCode,
    .codex,
    .gemini,
    .windsurf,
    .openCode,
    .goose,
    .zed,
    .cline,
    .roo,
    .registry,
    .plain,
  ]

  package static func named(_ id: String) -> Importer? { all.first { $0.id == id } }
}

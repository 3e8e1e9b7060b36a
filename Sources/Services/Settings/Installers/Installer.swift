import JSON

/// A client that servers can be written for: one row.
package struct Installer: Sendable {
  /// An entry as the client takes it, and what the user should know about it.
  struct Entry: Sendable {
    var members: JSONObject
    var notes: [String] = []
  }

  package let id: String
  package let title: String
  /// The user's own files, the usual one first; an existing one is preferred.
  let userFiles: [ConfigLocation]
  /// The project's files; empty where the client has none.
  let projectFiles: [ConfigLocation]
  let language: ConfigLanguage
  let section: [String]
  let entry: @Sendable (ServerDefinition) -> Entry
  /// A file of its own for each server: what a new one holds besides the entry.
  var frame: (@Sendable (_ name: String) -> JSONObject)?

  package var hasProjectFiles: Bool { !projectFiles.isEmpty }

  package static let all: [Installer] = [
    .claudeDesktop, .claudeCode, .codex, .gemini, .cursor, .vsCode,
  ]

  package static func named(_ id: String) -> Installer? { all.first { $0.id == id } }

  /// An entry in the client's own words and variables.
  static func plainEntry(_ shape: ClientShape) -> @Sendable (ServerDefinition) -> Entry {
    { definition in
      let (rendered, lost) = definition.rendered(for: shape.dialect)
      let members = EntryWriter(shape: shape).entry(rendered)
      return Entry(members: members, notes: lost.map { note($0, shape.client) })
    }
  }

  static func note(_ reference: String, _ client: String) -> String {
    "\(client) does not expand \(reference); it goes out as it stands"
  }
}

/// A client whose configuration can be read: one row, one file of its own.
package struct Importer: Sendable {
  package let id: String
  package let title: String
  package let locations: [ConfigLocation]
  let language: ConfigLanguage
  let shape: ClientShape
  /// Does what the shape alone cannot say.
  var extras = ImporterExtras()

  init(
    _ id: String, _ title: String, at locations: [ConfigLocation], _ language: ConfigLanguage,
    _ shape: ClientShape, extras: ImporterExtras = ImporterExtras()
  ) {
    self.id = id
    self.title = title
    self.locations = locations
    self.language = language
    self.shape = shape
    self.extras = extras
  }
}

/// Hooks for the peculiarities of one client.
struct ImporterExtras: Sendable {
  /// Sections besides those of the shape.
  var sections: @Sendable (ConfigNode) -> [ConfigSection] = { _ in [] }
  /// An entry before it is read; nil drops it silently.
  var entry: @Sendable (ConfigNode.Member) -> ConfigNode.Member? = { $0 }
  /// A definition after it was read, with the file it came from.
  var finish: @Sendable (inout ServerDefinition, ConfigNode) -> [ConfigFinding] = { _, _ in [] }
  /// A whole document of another kind.
  var document: (@Sendable (ConfigNode, Origin) -> ImportResult)?
}

/// An object whose members are servers.
struct ConfigSection: Sendable {
  let node: ConfigNode
  /// The directory these servers are for, where a user's file speaks of projects.
  var project: String?
}

/// What a file gave: the servers that can be meant, and everything odd about it.
package struct ImportResult: Sendable {
  package var servers: [ServerDefinition] = []
  package var findings: [ConfigFinding] = []

  /// Why the file could not be read at all, with the place; nil where it could.
  package var failure: String? {
    let broken = findings.first { finding in
      switch finding.kind {
      case .syntax, .unreadable: true
      default: false
      }
    }
    return broken?.line
  }
}

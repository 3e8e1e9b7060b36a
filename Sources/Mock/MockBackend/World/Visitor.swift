/// On whose behalf a world is asked, as the credential tells it; the world finds the person.
package struct Visitor: Sendable, Hashable {
  /// The person's id or address in the system; nil for the one whom the demo data belongs to.
  package var person: String?
  /// The workspace or organization that the credential opens; nil for the first one.
  package var workspace: String?
  /// The projects that the credential reaches; empty for all.
  package var projects: Set<String> = []
  /// Feature flags in force for this visitor beside those of the world.
  package var flags: Set<String> = []
  /// What the audit calls it.
  package var name: String

  package init(
    name: String, person: String? = nil, workspace: String? = nil, projects: Set<String> = []
  ) {
    self.name = name
    self.person = person
    self.workspace = workspace
    self.projects = projects
  }

  /// Whoever runs the program.
  package static let local = Visitor(name: "local")
}

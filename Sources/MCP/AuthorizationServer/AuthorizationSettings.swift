import Authorization
import EventLoop
package import HTTP

/// What one authorization server is for, and how it decides.
package struct AuthorizationSettings: Sendable {
  /// Keeps apart what several systems have in one store.
  package var system: String
  /// As people read it on the consent page.
  package var title: String
  package var scopes: [ScopeRow] = []
  package var names: OwnNames
  /// Where MCP is served, as routes name it; the first is meant where a client names none.
  package var endpoints: [PathPattern]
  package var consent = ConsentMode.page
  /// Who can sign in; asked each time, so that roles may change while it runs.
  package var people: @LoopActor @Sendable () -> [Person] = { Person.demo }
  /// Who signs in where nobody is asked; the first of all without it.
  package var person: String?
  package var accessLife = Duration.seconds(300)
  package var refreshLife = Duration.seconds(30 * 86_400)
  package var codeLife = Duration.seconds(60)
  package var deviceLife = Duration.seconds(600)
  package var deviceInterval = Duration.seconds(5)
  /// How long a person may take over the consent.
  package var patience = Duration.seconds(600)
  /// Issuers whose assertions are taken; never this one.
  package var trusted: [String] = []

  /// Addresses that are one resource together, named by the first of them: those of the transport with two addresses.
  private(set) var legacyPaths: [String] = []

  package init(system: String, title: String, endpoints: [String], names: OwnNames) {
    self.system = system
    self.title = title
    self.endpoints = endpoints.map(PathPattern.init)
    self.names = names
  }

  /// The resource that is meant where a client names none; one of many with a variable in its path is not.
  func usualResource(_ base: String) -> String {
    guard let first = endpoints.first, first.isPlain else { return base }
    return base + first.text
  }

  /// Takes these addresses as one more resource.
  package mutating func addLegacy(_ paths: [String]) {
    legacyPaths += paths
    if let name = legacyPaths.first { endpoints.append(PathPattern(name)) }
  }

  /// The resource that stands at a path.
  func resource(at path: String, _ base: String) -> String {
    base + (legacyPaths.contains(path) ? legacyPaths.first ?? path : path)
  }

  /// Whether a token for that audience opens what stands at a path. One that was got for the usual resource is good for
  /// the same server by its older transport.
  func takes(_ audience: String, at path: String, _ base: String) -> Bool {
    if audience == base || audience == resource(at: path, base) { return true }
    return legacyPaths.contains(path) && audience == usualResource(base)
  }

  /// Scopes of a client that asks for none.
  var usualScopes: Scopes { Scopes(scopes.map(\.name)) }

  /// Scopes that are about signing in and not about the resource; any client may ask for them.
  static let commonScopes = Scopes(["openid", "offline_access", "profile", "email"])
}

/// A permission and what it means, as a verb phrase that fits behind “it may”.
package struct ScopeRow: Sendable, Hashable {
  package var name: String
  package var sentence: String

  package init(_ name: String, _ sentence: String) {
    self.name = name
    self.sentence = sentence
  }
}

/// Who decides whether a client gets in.
package enum ConsentMode: String, Sendable, Hashable, CaseIterable {
  /// The person in front of the browser.
  case page
  /// The person who started the server, on its terminal.
  case terminal
  /// Nobody: everything is allowed.
  case auto
  /// Nobody: everything is refused.
  case deny
}

/// Somebody who can sign in, with what the systems look at.
package struct Person: Sendable, Hashable {
  package var id: String
  package var name: String
  package var email: String
  package var roles: [String]
  /// Feature flags that are on for this person.
  package var flags: [String]

  package init(
    id: String, name: String, email: String, roles: [String] = [], flags: [String] = []
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.roles = roles
    self.flags = flags
  }

  /// For systems that have no people of their own.
  package static let demo = [
    Person(
      id: "ada", name: "Ada Lindqvist", email: "ada@example.com", roles: ["admin", "member"],
      flags: ["beta"]),
    Person(id: "ben", name: "Ben Okafor", email: "ben@example.com", roles: ["member"]),
    Person(id: "cleo", name: "Cleo Marchetti", email: "cleo@example.com", roles: ["viewer"]),
  ]
}

package import EventLoop

/// A key as the store knows it: everything but the key itself.
package struct APIKey: Sendable, Hashable {
  /// The part of the key that may be seen, after its prefix.
  package let id: String
  package let system: String
  package let name: String
  /// What the key begins with, its id included: enough to tell it from others, useless to a thief.
  package let prefix: String
  package let scopes: [String]
  /// What the key reaches; empty for all.
  package let projects: [String]
  package let createdAt: WallTime
  package let createdBy: String
  package let expiresAt: WallTime?
  package let revokedAt: WallTime?
  /// The key that took its place.
  package let rotatedTo: String?
  /// The first of the keys that it came from by rotation, itself where it was made anew; nil where nobody has looked.
  package internal(set) var family: String?

  package enum Status: String, Sendable, Hashable {
    case active, expired, revoked
  }

  package func status(at now: WallTime) -> Status {
    if let revokedAt, revokedAt <= now { return .revoked }
    if let expiresAt, expiresAt <= now { return .expired }
    return .active
  }
}

/// What a new key shall be.
package struct KeyRequest: Sendable, Hashable {
  package var system: KeySystem
  package var name: String
  package var scopes: [String]
  package var projects: [String] = []
  package var expiresAt: WallTime?
  package var isTest = false
  /// A name for the key that is known before; one at random without it. What proves the key is always at random.
  package var id: String?
  /// Of the key that it replaces.
  var family: String?
  package var createdBy: String

  package static let idCount = KeyText.idCount

  package init(system: KeySystem, name: String, scopes: [String], createdBy: String) {
    self.system = system
    self.name = name
    self.scopes = scopes
    self.createdBy = createdBy
  }
}

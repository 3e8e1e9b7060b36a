package import EventLoop

/// A session as every server that shares the store knows it: enough to go on with it where its server has gone.
package struct StoredSession: Sendable, Hashable {
  package let id: String
  package let system: String
  /// Whom it belongs to.
  package let principal: String
  /// The parameters of its `initialize`, JSON.
  package let opening: String
  /// What the client has asked for since, JSON.
  package var state: String
  /// The server that has it at work.
  package var home: SessionHome
  package var usedAt: WallTime

  package init(
    id: String, system: String, principal: String, opening: String, state: String,
    home: SessionHome, usedAt: WallTime
  ) {
    self.id = id
    self.system = system
    self.principal = principal
    self.opening = opening
    self.state = state
    self.home = home
    self.usedAt = usedAt
  }
}

/// One run of a server, and where the others reach it.
package struct SessionHome: Sendable, Hashable {
  /// Never the same for two runs.
  package let name: String
  /// As `http://127.0.0.1:3001`.
  package let address: String

  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }
}

package import EventLoop
package import JSON

/// One thing that somebody did or tried to do, as the audit keeps it.
package struct AuditEvent: Sendable, Hashable {
  /// What happened, by its dotted name. An open set.
  package struct Kind: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let invoked = Kind(rawValue: "mcp.tool.invoked")
    package static let invokedMutating = Kind(rawValue: "mcp.tool.invoked.mutating")
    package static let resourceRead = Kind(rawValue: "mcp.resource.read")
    package static let promptRendered = Kind(rawValue: "mcp.prompt.rendered")
    package static let accessRefused = Kind(rawValue: "mcp.access.refused")
    package static let keyCreated = Kind(rawValue: "key.created")
    package static let keyRevoked = Kind(rawValue: "key.revoked")
    package static let keyRotated = Kind(rawValue: "key.rotated")
    package static let consentRevoked = Kind(rawValue: "oauth.consent.revoked")
    package static let clientMade = Kind(rawValue: "oauth.client.made")
    package static let clientRemoved = Kind(rawValue: "oauth.client.removed")
  }

  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case ok
    /// The tool answered that it failed.
    case toolError = "tool-error"
    case denied, failed, cancelled
    /// The answer asks for input first.
    case asked
    /// The work goes on as a task.
    case task
  }

  package var at: WallTime
  package var kind: Kind
  package var principal: String
  /// A key's prefix or a client's id; empty where none was shown.
  package var credential = ""
  package var system: String
  /// The tool, resource, prompt or key concerned.
  package var tool: String
  /// Masked before it is written.
  package var arguments: JSON?
  package var outcome: Outcome
  package var microseconds: Int64 = 0
  package var request = ""
  package var trace = ""
  package var session = ""
  /// Name and version of the client's program.
  package var client = ""
  package var version = ""
  /// Why, where the outcome asks for it.
  package var detail = ""

  package init(
    at: WallTime, kind: Kind, principal: String, system: String, tool: String, outcome: Outcome
  ) {
    self.at = at
    self.kind = kind
    self.principal = principal
    self.system = system
    self.tool = tool
    self.outcome = outcome
  }
}

extension AuditEvent {
  /// Without NUL, which not every store takes in a text.
  var storable: AuditEvent {
    var clean = self
    clean.visitTexts { text in text.unicodeScalars.removeAll { $0.value == 0 } }
    return clean
  }

  /// All its texts but those of closed sets, in an order that spools on disk rely on.
  mutating func visitTexts(_ visit: (inout String) -> Void) {
    visit(&principal)
    visit(&credential)
    visit(&system)
    visit(&tool)
    visit(&request)
    visit(&trace)
    visit(&session)
    visit(&client)
    visit(&version)
    visit(&detail)
  }
}

/// An event with its place in the chain.
package struct AuditEntry: Sendable, Hashable {
  package let number: Int64
  package let event: AuditEvent
  /// The arguments to the letter, as the hash covers them.
  package let arguments: String
  package let previous: [UInt8]
  package let hash: [UInt8]
}

/// Where a chain ends: how many events, and the hash of the last.
package struct AuditHead: Sendable, Hashable {
  package var number: Int64
  package var hash: [UInt8]

  package init(number: Int64, hash: [UInt8]) {
    self.number = number
    self.hash = hash
  }

  /// In front of the first event.
  package static let empty = AuditHead(number: 0, hash: [UInt8](repeating: 0, count: 32))
}

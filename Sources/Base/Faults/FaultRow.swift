/// Something that can be made to go wrong on purpose, so that it can be practised.
package struct FaultRow: Sendable, Hashable, Identifiable {
  /// The word it is switched by: lower-case words with hyphens.
  package let id: String
  /// What a client will see, as a sentence without its full stop.
  package let title: String
  package let place: FaultPlace

  package init(_ id: String, at place: FaultPlace, _ title: String) {
    self.id = id
    self.title = title
    self.place = place
  }
}

/// Where in the stack a fault is felt.
package enum FaultPlace: String, Sendable, Hashable, CaseIterable {
  /// Documents, registration, consent and tokens of the authorization server.
  case authorization
  /// The door of the MCP endpoint: keys, tokens, rate limits.
  case access
  /// The answers and streams of the MCP endpoint.
  case transport
  /// The model behind the tools.
  case backend
}

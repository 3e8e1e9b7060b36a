import EventLoop

/// A way to come to a token, and what handles it.
struct GrantRow: Sendable {
  typealias Work =
    @LoopActor @Sendable (AuthorizationServer, WebCall, StoredClient) async throws(Refusal) ->
    WebAnswer

  /// Which clients may use it.
  enum Users: Sendable {
    case all
    case registeredForIt
    /// Whoever runs the server made them for it: what nobody agrees to on a page is for clients that are trusted.
    case madeForIt
  }

  let name: String
  let users: Users
  let work: Work

  static let clientCredentials = "client_credentials"
  static let exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
  static let assertion = "urn:ietf:params:oauth:grant-type:jwt-bearer"
  static let device = "urn:ietf:params:oauth:grant-type:device_code"

  static let all: [GrantRow] = [
    GrantRow(name: "authorization_code", users: .registeredForIt) {
      server, call, client async throws(Refusal) in try await server.redeem(call, client)
    },
    // A client that was given a refresh token may use it.
    GrantRow(name: "refresh_token", users: .all) {
      server, call, client async throws(Refusal) in try await server.refresh(call, client)
    },
    GrantRow(name: clientCredentials, users: .madeForIt) {
      server, call, client async throws(Refusal) in try await server.serve(itself: client, call)
    },
    GrantRow(name: device, users: .all) { server, call, client async throws(Refusal) in
      try await server.poll(call, client)
    },
    GrantRow(name: exchange, users: .madeForIt) { server, call, client async throws(Refusal) in
      try await server.exchange(call, client)
    },
    GrantRow(name: assertion, users: .madeForIt) { server, call, client async throws(Refusal) in
      try await server.take(assertion: call, client)
    },
  ]

  static let names = all.map(\.name)

  func admits(_ client: StoredClient) -> Bool {
    switch users {
    case .all: true
    case .registeredForIt: client.metadata.grants.contains(name)
    case .madeForIt: client.origin == .made && client.metadata.grants.contains(name)
    }
  }
}

import EventLoop

/// A way to come to a token, and what handles it.
struct GrantRow: Sendable {
  typealias Work =
    @LoopActor @Sendable (AuthorizationServer, WebCall, StoredClient) async throws(Refusal) ->
    WebAnswer

  let name: String
  /// Whether any client may use it, or only one that was registered for it.
  let isForAll: Bool
  let work: Work

  static let clientCredentials = "client_credentials"
  static let exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
  static let assertion = "urn:ietf:params:oauth:grant-type:jwt-bearer"
  static let device = "urn:ietf:params:oauth:grant-type:device_code"

  static let all: [GrantRow] = [
    GrantRow(name: "authorization_code", isForAll: false) {
      server, call, client async throws(Refusal) in try await server.redeem(call, client)
    },
    // A client that was given a refresh token may use it.
    GrantRow(name: "refresh_token", isForAll: true) {
      server, call, client async throws(Refusal) in try await server.refresh(call, client)
    },
    GrantRow(name: clientCredentials, isForAll: false) {
      server, call, client async throws(Refusal) in try await server.serve(itself: client, call)
    },
    GrantRow(name: device, isForAll: true) { server, call, client async throws(Refusal) in
      try await server.poll(call, client)
    },
    GrantRow(name: exchange, isForAll: true) { server, call, client async throws(Refusal) in
      try await server.exchange(call, client)
    },
    GrantRow(name: assertion, isForAll: true) { server, call, client async throws(Refusal) in
      try await server.take(assertion: call, client)
    },
  ]

  static let names = all.map(\.name)
}

import EventLoop
import HTTPCore

/// An address of the authorization server and what answers there.
struct Route: Sendable {
  typealias Work =
    @LoopActor @Sendable (AuthorizationServer, WebCall) async throws(Refusal) -> WebAnswer

  let path: String
  let methods: [String]
  /// Whether scripts of any web page may read the answer: documents and token requests carry no cookies.
  let isOpen: Bool
  let work: Work

  init(_ path: String, _ methods: [String], isOpen: Bool = true, _ work: @escaping Work) {
    self.path = path
    self.methods = methods
    self.isOpen = isOpen
    self.work = work
  }

  static let all: [Route] = [
    Route(WellKnownPath.server, ["GET"]) { server, call throws(Refusal) in
      server.metadata(call)
    },
    Route(WellKnownPath.openID, ["GET"]) { server, call throws(Refusal) in
      server.metadata(call)
    },
    Route(WellKnownPath.resource, ["GET"]) { server, call throws(Refusal) in
      server.resource(call)
    },
    Route("/jwks", ["GET"]) { server, call throws(Refusal) in try server.publicKeys(call) },
    Route("/register", ["POST"]) { server, call async throws(Refusal) in
      try await server.register(call)
    },
    Route("/authorize", ["GET", "POST"], isOpen: false) { server, call async throws(Refusal) in
      try await server.authorize(call)
    },
    Route("/consent", ["POST"], isOpen: false) { server, call async throws(Refusal) in
      try await server.decide(call)
    },
    Route("/token", ["POST"]) { server, call async throws(Refusal) in
      try await server.token(call)
    },
    Route("/revoke", ["POST"]) { server, call async throws(Refusal) in
      try await server.revoke(call)
    },
    Route("/introspect", ["POST"]) { server, call async throws(Refusal) in
      try await server.introspect(call)
    },
    Route("/device_authorization", ["POST"]) { server, call async throws(Refusal) in
      try await server.beginDevice(call)
    },
    Route("/device", ["GET", "POST"], isOpen: false) { server, call async throws(Refusal) in
      try await server.device(call)
    },
  ]
}

/// Where the documents of the standards stand.
enum WellKnownPath {
  static let server = "/.well-known/oauth-authorization-server"
  static let openID = "/.well-known/openid-configuration"
  static let resource = "/.well-known/oauth-protected-resource"
}

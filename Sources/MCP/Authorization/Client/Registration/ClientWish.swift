package import SafeText

/// What the user says about who we are at an authorization server.
package struct ClientWish: Sendable, Hashable {
  package var name: String
  package var id: String?
  package var secret: Secret?
  package var key: String?
  package var keyText: Secret?
  package var method: TokenAuthentication?
  /// The address of a document about this client.
  package var document: String?
  /// The token that a guarded registration asks for.
  package var registrationToken: Secret?
  /// Leaves aside the registration that is kept.
  package var forgets = false

  package init(name: String) { self.name = name }
}

/// Where the identity at one authorization server is to come from.
enum IdentityChoice: Sendable, Hashable {
  case use(ClientIdentity, because: String)
  case register(because: String)
  case nobody(AuthorizationFailure)
}

extension ClientWish {
  /// The client that was registered beforehand.
  var given: ClientIdentity? {
    guard let id else { return nil }
    var identity = ClientIdentity(id: id, source: .given, secret: secret)
    identity.key = key
    identity.keyText = keyText
    identity.method = method
    return identity
  }

  /// In the order of the standard: given beforehand, a document, registered by ourselves, else the user has to be asked.
  func choice(
    at server: DiscoveredServer, kept: ClientIdentity?, wanted: Scopes?, redirect: String,
    now: Int64
  ) -> IdentityChoice {
    if let given { return .use(given, because: "the client id was given") }
    if let kept, !forgets, kept.source != .registered || kept.serves(wanted, at: now),
      kept.source != .document || document == nil || document == kept.id
    {
      if kept.source != .registered {
        return .use(kept, because: "the client id was given earlier")
      }
      if kept.redirects.isEmpty || kept.redirects.contains(redirect) {
        return .use(kept, because: "registered there earlier")
      }
    }
    if let document, server.metadata.takesClientDocuments {
      return .use(
        ClientIdentity(id: document, source: .document),
        because: "the server takes client metadata documents")
    }
    guard server.metadata[.registration] != nil else {
      return .nobody(.needsRegistration(issuer: server.issuer, redirect: redirect))
    }
    return .register(
      because: kept == nil ? "not registered there yet" : "the old registration does not fit")
  }
}

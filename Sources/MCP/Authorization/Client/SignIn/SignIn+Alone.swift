import HTTPCore
import SafeText

// Ways without the user: the client for itself, or by the word of somebody the authorization server trusts.
extension SignIn {
  func byCredentials(
    _ server: DiscoveredServer, _ scope: ScopeChoice, _ key: ProofKey?
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let kept = try keptClient(server)
    guard let client = wish.client.given ?? kept.flatMap({ $0.source == .given ? $0 : nil }) else {
      throw .needsRegistration(issuer: server.issuer, redirect: "none")
    }
    try checkIssuer(server, client)
    tell(
      AuthorizationEvidence(
        .client, findings: ["client_id: \(client.id)"], decision: "the client signs in for itself")
    )
    return try await grant(
      .clientCredentials, .clientCredentials,
      Terms(server: server, scope: scope, client: client, key: key))
  }

  /// The secret goes to the authorization server that it is for and to no other that a resource may name.
  private func checkIssuer(
    _ server: DiscoveredServer, _ client: ClientIdentity
  ) throws(AuthorizationFailure) {
    guard let before, before.client.id == client.id, before.kind == .clientCredentials,
      before.issuer != server.issuer, wish.question.issuer != server.issuer
    else { return }
    throw .issuerChanged(old: before.issuer, new: server.issuer)
  }

  func byWord(
    _ word: TrustedWord, _ server: DiscoveredServer, _ scope: ScopeChoice, _ key: ProofKey?
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let client = wish.client.given ?? ClientIdentity(id: "", source: .given)
    var made = try await grant(
      .assertion(word.text), .assertion,
      Terms(server: server, scope: scope, client: client, key: key))
    made.source = word.file.map { WordSource(file: $0) }
    return made
  }

  func byExchange(
    _ word: TrustedWord, _ exchange: IdentityExchange, _ server: DiscoveredServer,
    _ scope: ScopeChoice, _ key: ProofKey?
  ) async throws(AuthorizationFailure) -> StoredGrant {
    var client = wish.client.given
    if client == nil { client = try keptClient(server) }
    guard let client else {
      throw .needsRegistration(issuer: server.issuer, redirect: "none")
    }
    let exchange = try await settled(exchange)
    let swapped = try await desk.swapped(
      word.text, exchange, for: server.issuer, server.resource, scope.scopes, policy, tell)
    var made = try await grant(
      .assertion(swapped), .enterprise,
      Terms(server: server, scope: scope, client: client, key: key))
    made.source = word.file.map { WordSource(file: $0, exchange: exchange) }
    return made
  }

  /// With the endpoint of the identity provider, looked up where only its name was given.
  private func settled(
    _ exchange: IdentityExchange
  ) async throws(AuthorizationFailure) -> IdentityExchange {
    var exchange = exchange
    guard exchange.endpoint == nil, let issuer = exchange.issuer else { return exchange }
    let place: WebURL
    do { place = try WebURL(issuer) } catch {
      throw .badAddress(url: issuer, what: "the identity provider")
    }
    var question = DiscoveryQuestion(
      policy: AddressPolicy(server: place, allowsPrivate: policy.allowsPrivate))
    question.issuer = issuer
    question.skipsResource = true
    let provider = try await discover(question)
    exchange.endpoint = provider.metadata[.token]
    exchange.client.method = provider.metadata.method(for: exchange.client)
    return exchange
  }
}

extension AuthorizationDesk {
  /// Swaps an identity token for a word to that authorization server.
  func swapped(
    _ word: Secret, _ exchange: IdentityExchange, for issuer: String, _ resource: String?,
    _ scopes: Scopes?, _ policy: AddressPolicy, _ tell: Tell
  ) async throws(AuthorizationFailure) -> Secret {
    guard let endpoint = exchange.endpoint else {
      throw .noEndpoint("token_endpoint", issuer: exchange.issuer ?? "of the identity provider")
    }
    let method = exchange.client.method ?? (exchange.client.secret == nil ? .none : .basic)
    var request = TokenRequest(
      .exchange(
        subject: word, subjectType: "urn:ietf:params:oauth:token-type:id_token", audience: issuer),
      client: exchange.client, method: method)
    request.resource = resource
    request.scopes = scopes
    // The identity provider is the user's own word, not the server's.
    let trusted = AddressPolicy(server: endpoint, allowsPrivate: policy.allowsPrivate)
    if let problem = trusted.problem(with: endpoint) {
      throw problem == .notEncrypted
        ? .notEncrypted(url: endpoint.text)
        : .badAddress(url: "\(endpoint)", what: "the identity provider")
    }
    return try await tokens(request, at: endpoint, trusted, nil, tell).access
  }
}

import HTTPCore

// Who we are at the authorization server, and what is kept of that.
extension SignIn {
  func keptClient(_ server: DiscoveredServer) throws(AuthorizationFailure) -> ClientIdentity? {
    do throws(AuthorizationFailure) {
      if let kept = try desk.store?.client(at: server.issuer) { return kept }
    } catch .keyring(let why) {
      tell(
        AuthorizationEvidence(.client, decision: "the client that is kept cannot be read: \(why)"))
    } catch {
      throw error
    }
    guard let before, before.issuer == server.issuer else { return nil }
    return before.client
  }

  func identity(
    at server: DiscoveredServer, _ scope: ScopeChoice, _ redirect: String, _ kept: ClientIdentity?
  ) async throws(AuthorizationFailure) -> ClientIdentity {
    // What was given for the old authorization server is nothing to the new one.
    if let before, before.issuer != server.issuer, before.client.source == .given,
      wish.client.id == nil, kept == nil, wish.client.document == nil
    {
      throw .issuerChanged(old: before.issuer, new: server.issuer)
    }
    switch wish.client.choice(
      at: server, kept: kept, wanted: scope.scopes, redirect: redirect, now: desk.now)
    {
    case .use(let client, let reason):
      tell(AuthorizationEvidence(.client, findings: ["client_id: \(client.id)"], decision: reason))
      return client
    case .nobody(let failure):
      tell(AuthorizationEvidence(.client, decision: failure.sentence))
      throw failure
    case .register(let reason):
      tell(AuthorizationEvidence(.client, decision: reason))
      return try await register(
        Registration(
          wish.client, at: server, redirect: redirect, wanted: scope.scopes, grants: grants),
        at: server)
    }
  }

  private var grants: [String] {
    wish.way == .device
      ? ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]
      : ["authorization_code", "refresh_token"]
  }

  private func register(
    _ first: Registration, at server: DiscoveredServer
  ) async throws(AuthorizationFailure) -> ClientIdentity {
    guard let endpoint = server.metadata[.registration] else {
      throw .needsRegistration(issuer: server.issuer, redirect: first.redirects[0])
    }
    var registration = first
    for _ in 0..<3 {
      let request = registration.request(at: endpoint, policy)
      let outcome = await desk.exchange(request)
      guard case .success(let answer) = outcome else {
        tell(AuthorizationEvidence(.client, request, outcome, decision: "no answer"))
        if case .failure(let outage) = outcome {
          throw AuthorizationFailure(
            outage, asking: .registration, at: endpoint, of: server.issuer, for: policy.server)
        }
        break
      }
      do throws(AuthorizationFailure) {
        let read = try registration.read(answer, issuer: server.issuer)
        tell(
          AuthorizationEvidence(
            .client, request, outcome, findings: read.findings, decision: "registered"))
        return read.client
      } catch {
        let next = registration.adjusted(after: error)
        tell(
          AuthorizationEvidence(
            .client, request, outcome, findings: [error.sentence],
            decision: next?.why ?? "not registered"))
        guard let next else { throw error }
        registration = next.0
      }
    }
    throw .registrationUnusable(issuer: server.issuer, what: "it was refused in every form")
  }

  /// Only now, when the new sign-in works, what was before goes.
  func keep(_ grant: StoredGrant) throws(AuthorizationFailure) {
    guard let store = desk.store else { return }
    try store.save(grant)
    if !grant.client.id.isEmpty { try store.save(grant.client, at: grant.issuer) }
    try store.removeOthers(than: grant)
    tell(
      AuthorizationEvidence(
        .store, decision: "the sign-in is kept for \(grant.server), \(store.seal.words)"))
  }
}

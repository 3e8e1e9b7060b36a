import Crypto
package import EventLoop
import HTTPCore
import SafeText

/// One sign-in from the challenge to kept tokens.
@LoopActor
package final class SignIn {
  let desk: AuthorizationDesk
  let wish: SignInWish
  let tell: AuthorizationDesk.Tell
  /// The sign-in there was before.
  let before: StoredGrant?
  private var hasRegisteredAnew = false
  /// Told what the user has to do on another device.
  package var onDevice: (@LoopActor (DeviceCode) -> Void)?

  package init(
    _ wish: SignInWish, before: StoredGrant?, desk: AuthorizationDesk,
    tell: @escaping AuthorizationDesk.Tell
  ) {
    self.wish = wish
    self.before = before
    self.desk = desk
    self.tell = tell
  }

  var policy: AddressPolicy { wish.question.policy }

  /// Everything settled about whom to ask for what.
  struct Terms {
    var server: DiscoveredServer
    var scope: ScopeChoice
    var client: ClientIdentity
    var redirect: String?
  }

  package func run(_ place: any ConsentPlace) async throws(AuthorizationFailure) -> StoredGrant {
    let server = try await discover()
    let scope = ScopeChoice(
      given: wish.scopes, challenge: wish.question.challenge,
      before: before?.requested ?? before?.tokens.scopes,
      at: server)
    tell(
      AuthorizationEvidence(
        .scope, findings: scope.scopes.map { ["scope: \($0.text)"] } ?? [], decision: scope.reason))
    let grant: StoredGrant
    switch wish.way {
    case .code: grant = try await byCode(server, scope, place)
    case .device: grant = try await byDevice(server, scope)
    case .clientCredentials, .assertion: grant = try await alone(server, scope)
    }
    try keep(grant)
    return grant
  }

  private func discover() async throws(AuthorizationFailure) -> DiscoveredServer {
    if let challenge = wish.question.challenge { tell(challenge.evidence(of: policy.server)) }
    var discovery = Discovery(wish.question)
    var told = 0
    func catchUp() {
      for evidence in discovery.evidence[told...] { tell(evidence) }
      told = discovery.evidence.count
    }
    while true {
      catchUp()
      switch discovery.step {
      case .fetch(let request): discovery.receive(await desk.exchange(request))
      case .found(let server): return server
      case .failed(let failure): throw failure
      }
    }
  }

  // MARK: - With the user

  private func byCode(
    _ server: DiscoveredServer, _ scope: ScopeChoice, _ place: any ConsentPlace
  ) async throws(AuthorizationFailure) -> StoredGrant {
    guard let endpoint = server.metadata[.authorization] else {
      throw .noEndpoint("authorization_endpoint", issuer: server.issuer)
    }
    try checkS256(server)
    let isAnew = wish.client.forgets || hasRegisteredAnew
    let kept = wish.client.id == nil && !isAnew ? try keptClient(server) : nil
    let redirect = try await place.open(preferring: kept?.redirects ?? [])
    defer { place.close() }
    let client = try await identity(at: server, scope, redirect, kept)
    let used = client.redirects.contains(redirect) ? redirect : client.redirects.first ?? redirect
    let consent = try consent(at: endpoint, server, client, used, scope)
    tell(
      AuthorizationEvidence(
        .consent, method: "GET", url: endpoint.withoutSecrets.text, findings: consent.shown,
        decision: "the user is asked; the answer comes to \(used)"))
    let code = try consent.code(of: try await place.ask(consent))
    tell(AuthorizationEvidence(.callback, decision: "state and issuer are right, a code is there"))
    let terms = Terms(server: server, scope: scope, client: client, redirect: used)
    do throws(AuthorizationFailure) {
      return try await grant(
        .code(code, redirect: used, verifier: consent.verifier), .code, terms)
    } catch {
      guard error.endsRegistration, client.source == .registered, !hasRegisteredAnew, kept != nil
      else { throw error }
      // The registration that was kept is gone on the other side: once more, with a new one.
      hasRegisteredAnew = true
      tell(AuthorizationEvidence(.client, decision: "registered anew: \(error.sentence)"))
      place.close()
      return try await byCode(server, scope, place)
    }
  }

  private func consent(
    at endpoint: WebURL, _ server: DiscoveredServer, _ client: ClientIdentity, _ redirect: String,
    _ scope: ScopeChoice
  ) throws(AuthorizationFailure) -> PendingConsent {
    do throws(CryptoError) {
      return try PendingConsent(
        at: endpoint, server: server, client: client.id, redirect: redirect,
        resource: resource(server), scope: scope, crypto: desk.crypto)
    } catch {
      throw .noCrypto(error.description)
    }
  }

  /// Only servers of the oldest rules may be silent about it.
  private func checkS256(_ server: DiscoveredServer) throws(AuthorizationFailure) {
    if server.metadata.provesS256 { return }
    if server.isOwnServer, server.metadata.challengeMethods == nil { return }
    guard wish.acceptsMissingS256 else { throw .noS256(issuer: server.issuer) }
    tell(
      AuthorizationEvidence(
        .serverMetadata, decision: "S256 is not proven; gone on all the same, as was asked"))
  }

  func resource(_ server: DiscoveredServer) -> String? {
    wish.sendsResource ? server.resource : nil
  }

  // MARK: - Without the user

  private func alone(
    _ server: DiscoveredServer, _ scope: ScopeChoice
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let kept = try keptClient(server)
    var client = wish.client.id.map {
      ClientIdentity(id: $0, source: .given, secret: wish.client.secret)
    }
    client?.key = wish.client.key
    client?.method = wish.client.method
    if case .assertion(let word) = wish.way {
      let nobody = ClientIdentity(id: "", source: .given)
      return try await grant(
        .assertion(word), .assertion,
        Terms(server: server, scope: scope, client: client ?? nobody, redirect: nil))
    }
    guard let client = client ?? kept.flatMap({ $0.source == .given ? $0 : nil }) else {
      throw .needsRegistration(issuer: server.issuer, redirect: "none")
    }
    return try await grant(
      .clientCredentials, .clientCredentials,
      Terms(server: server, scope: scope, client: client, redirect: nil))
  }

  func grant(
    _ asked: TokenRequest.Grant, _ kind: StoredGrant.Kind, _ terms: Terms
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let server = terms.server
    guard let endpoint = server.metadata[.token] else {
      throw .noEndpoint("token_endpoint", issuer: server.issuer)
    }
    let method = server.metadata.method(for: terms.client)
    var request = TokenRequest(asked, client: terms.client, method: method)
    request.resource = resource(server)
    // With a code the scopes were settled in the browser.
    if kind != .code, kind != .device { request.scopes = terms.scope.scopes }
    request.clientAssertion = try desk.assertion(of: terms.client, method, for: server.issuer)
    var tokens = try await desk.tokens(request, at: endpoint, policy, tell)
    tokens.scopes = tokens.scopes ?? terms.scope.scopes
    var grant = StoredGrant(
      server: policy.server.resourceName, issuer: server.issuer, resource: request.resource,
      client: terms.client, method: method, kind: kind, tokens: tokens,
      requested: terms.scope.scopes, tokenEndpoint: endpoint, signedInAt: desk.now)
    grant.revocationEndpoint = server.metadata[.revocation]
    grant.allowsPrivate = policy.allowsPrivate
    return grant
  }
}

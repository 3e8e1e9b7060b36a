import Crypto
package import EventLoop
import HTTPCore
import SafeText

/// One sign-in from the challenge to kept tokens.
@LoopActor
package final class SignIn {
  let desk: AuthorizationDesk
  private(set) var wish: SignInWish
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
    if let before { self.wish.inherit(before.terms) }
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
    var key: ProofKey?
  }

  package func run(_ place: any ConsentPlace) async throws(AuthorizationFailure) -> StoredGrant {
    if let terms = before?.terms, terms != ServerTerms() {
      tell(
        AuthorizationEvidence(
          .store, findings: terms.sentences, decision: "as it was settled for this server before"))
    }
    let server = try await discover(wish.question)
    let scope = ScopeChoice(
      given: wish.scopes, challenge: wish.question.challenge,
      before: before?.requested ?? before?.tokens.scopes,
      at: server)
    tell(
      AuthorizationEvidence(
        .scope, findings: scope.scopes.map { ["scope: \($0.text)"] } ?? [], decision: scope.reason))
    let key = try proofKey(for: server)
    let grant: StoredGrant
    switch wish.way {
    case .code: grant = try await byCode(server, scope, key, place)
    case .device: grant = try await byDevice(server, scope, key)
    case .clientCredentials: grant = try await byCredentials(server, scope, key)
    case .assertion(let word): grant = try await byWord(word, server, scope, key)
    case .enterprise(let word, let exchange):
      grant = try await byExchange(word, exchange, server, scope, key)
    }
    try keep(grant)
    return grant
  }

  /// Finds the authorization server.
  package func discover(
    _ question: DiscoveryQuestion
  ) async throws(AuthorizationFailure) -> DiscoveredServer {
    if let challenge = question.challenge { tell(challenge.evidence(of: question.server)) }
    var discovery = Discovery(question)
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
    _ server: DiscoveredServer, _ scope: ScopeChoice, _ key: ProofKey?, _ place: any ConsentPlace
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
    let terms = Terms(server: server, scope: scope, client: client, redirect: used, key: key)
    let consent = try consent(at: endpoint, terms)
    tell(
      AuthorizationEvidence(
        .consent, method: "GET", url: endpoint.withoutSecrets.text, findings: consent.shown,
        decision: "the user is asked; the answer comes to \(used)"))
    let code = try consent.code(of: try await place.ask(consent))
    tell(AuthorizationEvidence(.callback, decision: "state and issuer are right, a code is there"))
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
      return try await byCode(server, scope, key, place)
    }
  }

  private func consent(
    at endpoint: WebURL, _ terms: Terms
  ) throws(AuthorizationFailure) -> PendingConsent {
    do throws(CryptoError) {
      return try PendingConsent(
        at: endpoint, server: terms.server, client: terms.client.id,
        redirect: terms.redirect ?? "", resource: resource(terms.server), scope: terms.scope,
        key: terms.key, crypto: desk.crypto)
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

  // MARK: - Tokens

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
    var tokens = try await desk.tokens(request, at: endpoint, policy, terms.key, tell)
    tokens.scopes = tokens.scopes ?? terms.scope.scopes
    var grant = StoredGrant(
      server: policy.server.resourceName, issuer: server.issuer, resource: request.resource,
      client: terms.client, method: method, kind: kind, tokens: tokens,
      requested: terms.scope.scopes, tokenEndpoint: endpoint, signedInAt: desk.now)
    grant.revocationEndpoint = server.metadata[.revocation]
    grant.terms = wish.terms(with: server)
    grant.proofKey = tokens.type == "DPoP" ? try terms.key?.pem() : nil
    return grant
  }

  /// A key for the tokens, where they are to be bound to one.
  private func proofKey(
    for server: DiscoveredServer
  ) throws(AuthorizationFailure) -> ProofKey? {
    let isAsked = server.requiresDPoP || wish.question.challenge?.offersProof == true
    guard wish.binding == .always || (wish.binding == .whereAsked && isAsked) else { return nil }
    if let offered = server.metadata.dpopAlgorithms, !offered.contains(ProofKey.algorithm) {
      throw .noProofAlgorithm(issuer: server.issuer, offered: offered)
    }
    let key = try ProofKey.made(in: desk.crypto)
    tell(
      AuthorizationEvidence(
        .client, findings: ["thumbprint: \(key.thumbprint)"],
        decision: "the tokens are to be bound to a new key (DPoP)"))
    return key
  }
}

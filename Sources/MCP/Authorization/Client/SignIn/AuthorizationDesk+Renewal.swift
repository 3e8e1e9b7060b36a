package import Crypto
import HTTPCore
import SafeText

extension AuthorizationDesk {
  /// New tokens for a sign-in, without the user. Of several processes that want them one asks; the others take what
  /// it got. A failure that may pass leaves everything as it was.
  package func renewed(
    _ grant: StoredGrant, _ tell: Tell
  ) async throws(AuthorizationFailure) -> StoredGrant {
    guard let store else { return try await renewedAlone(grant, tell) }
    return try await store.locked(grant, on: clock) { () async throws(AuthorizationFailure) in
      let current = try store.current(grant) ?? grant
      if current.tokens.access != grant.tokens.access, !current.tokens.isStale(at: now) {
        tell(
          AuthorizationEvidence(.store, decision: "another alidade has renewed the token just now"))
        return current
      }
      do throws(AuthorizationFailure) {
        let renewed = try await renewedAlone(current, tell)
        try store.save(renewed)
        return renewed
      } catch {
        if error.endsGrant {
          var ended = current
          ended.tokens.refresh = nil
          try store.save(ended)
        }
        throw error
      }
    }
  }

  private func renewedAlone(
    _ grant: StoredGrant, _ tell: Tell
  ) async throws(AuthorizationFailure) -> StoredGrant {
    var request = TokenRequest(
      try await renewal(of: grant, tell), client: grant.client, method: grant.method)
    if grant.tokens.refresh == nil { request.scopes = grant.requested }
    request.resource = grant.resource
    request.clientAssertion = try assertion(of: grant.client, grant.method, for: grant.issuer)
    var tokens = try await self.tokens(
      request, at: grant.tokenEndpoint, grant.policy, grant.key(crypto), tell)
    // What an answer leaves out stays as it was.
    tokens.refresh = tokens.refresh ?? grant.tokens.refresh
    tokens.scopes = tokens.scopes ?? grant.tokens.scopes
    tokens.identity = tokens.identity ?? grant.tokens.identity
    var renewed = grant
    renewed.tokens = tokens
    renewed.renewedAt = now
    return renewed
  }

  private func renewal(
    of grant: StoredGrant, _ tell: Tell
  ) async throws(AuthorizationFailure) -> TokenRequest.Grant {
    if let refresh = grant.tokens.refresh { return .refresh(refresh) }
    if grant.kind == .clientCredentials { return .clientCredentials }
    guard let source = grant.source else { throw .noRefreshToken }
    let word = try Self.word(in: source.file)
    guard let exchange = source.exchange else { return .assertion(word) }
    return .assertion(
      try await swapped(
        word, exchange, for: grant.issuer, grant.resource, grant.requested, grant.policy, tell))
  }

  private static func word(in file: String) throws(AuthorizationFailure) -> Secret {
    guard let bytes = try WholeFile.read(file) else {
      throw .noWord("\(file) is not there any more")
    }
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard text.count == 1 else { throw .noWord("\(file) holds no token") }
    return Secret(String(text[0]))
  }

  /// Tells the authorization server that the tokens are not needed any more; false where it offers no such thing.
  package func revoke(
    _ grant: StoredGrant, _ tell: Tell
  ) async throws(AuthorizationFailure) -> Bool {
    guard let endpoint = grant.revocationEndpoint else { return false }
    let tokens = [(grant.tokens.refresh, "refresh_token"), (grant.tokens.access, "access_token")]
    for case (let token?, let hint) in tokens {
      var form = TokenRequest(.clientCredentials, client: grant.client, method: grant.method)
      form.clientAssertion = try assertion(of: grant.client, grant.method, for: grant.issuer)
      let request = form.revocation(of: token, hint: hint, at: endpoint, grant.policy)
      let outcome = await exchange(request)
      switch outcome {
      case .failure(let outage):
        tell(AuthorizationEvidence(.token, request, outcome, decision: "no answer"))
        throw .network(outage.sentence)
      case .success(let answer):
        let words = answer.isSuccess ? "the \(hint) is revoked" : "the \(hint) was not revoked"
        tell(AuthorizationEvidence(.token, request, outcome, decision: words))
        guard answer.isSuccess else {
          throw .unavailable(url: endpoint.text, status: answer.status)
        }
      }
    }
    return true
  }
}

extension StoredGrant {
  var policy: AddressPolicy {
    let own: WebURL
    do { own = try WebURL(server) } catch { own = tokenEndpoint }
    return AddressPolicy(server: own, allowsPrivate: terms.allowsPrivate)
  }

  /// The key that its tokens are bound to.
  package func key(_ crypto: CryptoLibrary) -> ProofKey? {
    proofKey.flatMap { ProofKey(pem: $0, crypto) }
  }
}

extension TokenRequest {
  fileprivate func revocation(
    of token: Secret, hint: String, at url: WebURL, _ policy: AddressPolicy
  ) -> AuthorizationRequest {
    var request = request(at: url, policy)
    let ours = form.filter { $0.0 != "grant_type" }
    let items = [("token", token.reveal()), ("token_type_hint", hint)] + ours
    request.body = Array(FormEncoding.encode(items).utf8)
    return request
  }
}

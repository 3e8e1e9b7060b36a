import Authorization
import Database
import EventLoop
import Faults

// Refresh tokens: each is used once, a second time ends everything that came of the same sign-in.
extension AuthorizationServer {
  func refresh(_ call: WebCall, _ client: StoredClient) async throws(Refusal) -> WebAnswer {
    guard let token = call.form["refresh_token"] else {
      throw Refusal(.invalidRequest, "refresh_token is missing")
    }
    let hash = digest(token)
    let now = clock.wallTime
    let thumbprint = try thumbprint(call)
    let found = try await kept { () async throws(AuthorizationStoreError) in
      try await store.look(atRefresh: hash, of: settings.system, now: now)
    }
    let grant = try await known(found)
    guard grant.client == client.id else {
      throw Refusal(.invalidGrant, "the refresh token belongs to another client")
    }
    guard grant.thumbprint.isEmpty || grant.thumbprint == thumbprint else {
      throw Refusal(.invalidGrant, "the refresh token is bound to another key")
    }
    let scopes = try part(of: grant.scopes, call.form["scope"])
    let named = try resource(call.form.all("resource"), call.base)
    guard named == nil || named == grant.resource else {
      throw Refusal(.invalidTarget, "the refresh token is for the resource \(grant.resource)")
    }
    if faults.has(.refreshRevoked) {
      try await end(grant.id, because: "practice")
      throw Refusal(.invalidGrant, "the refresh token was revoked")
    }
    let next = try newRefreshToken()
    // Two at once: the slower one finds the token used.
    let rotated = try await kept { () async throws(AuthorizationStoreError) in
      try await store.rotate(hash, to: next.stored, of: settings.system, at: now)
    }
    _ = try await known(rotated)
    tell(
      .tokenIssued, client: client.id, person: grant.person, scopes: scopes.text,
      detail: "refresh_token")
    return try tokens(order(grant, scopes), refresh: next.text, call)
  }

  private func known(
    _ found: AuthorizationStore.Refreshing
  ) async throws(Refusal) -> StoredGrant {
    switch found {
    case .known(let grant): return grant
    case .unknown: throw Refusal(.invalidGrant, "the refresh token is revoked or unknown")
    case .expired: throw Refusal(.invalidGrant, "the refresh token is over; sign in again")
    case .reused(_, let client):
      await mirror.refresh()
      tell(.reused, client: client, detail: "a refresh token was shown again; its grant ended")
      throw Refusal(
        .invalidGrant, "the refresh token was used before; everything of its sign-in has ended")
    }
  }

  /// Ends a grant with all its tokens.
  func end(_ grant: String, because reason: String) async throws(Refusal) {
    try await kept { () async throws(AuthorizationStoreError) in
      try await store.revoke(grant: grant, because: reason, at: clock.wallTime)
    }
    await mirror.refresh()
  }
}

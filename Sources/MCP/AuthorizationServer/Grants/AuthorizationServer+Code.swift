import Authorization
import Crypto
import Database
import EventLoop
import Faults
import JSON

/// What came of showing a code.
enum Redeeming: Sendable {
  case unknown
  case expired
  /// It was used before: the grant that came of it ends.
  case reused(client: String)
  case known(AuthorizationAsk, person: String)
}

extension AuthorizationStore {
  func keep(
    code hash: [UInt8], _ ask: AuthorizationAsk, person: String, of system: String,
    until expires: WallTime
  ) async throws(AuthorizationStoreError) {
    _ = try await perform { connection throws(DatabaseError) in
      try connection.execute(
        """
        INSERT INTO code (hash, system, request, person, expires, grant_id)
          VALUES (?, ?, ?, ?, ?, '')
        """,
        [
          .blob(hash), .text(system), .text(ask.json.compact), .text(person),
          .integer(expires.microseconds),
        ])
    }
  }

  /// Takes the code; a second time it ends what the first time began.
  func redeem(
    _ hash: [UInt8], for grant: String, of system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> Redeeming {
    try await transaction { connection throws(DatabaseError) in
      let row = try connection.rows(
        "SELECT request, person, expires, used, grant_id FROM code WHERE hash = ? AND system = ?",
        [.blob(hash), .text(system)]
      ).first
      guard let row, let ask = AuthorizationAsk(row[0].text ?? "") else { return .unknown }
      guard row[3].isNull else {
        try StoredGrant.revoke(
          connection, where: "id = ?", [row[4]], "a used code was shown again", at: now)
        return .reused(client: ask.client)
      }
      guard (row[2].integer ?? 0) > now.microseconds else { return .expired }
      try connection.execute(
        "UPDATE code SET used = ?, grant_id = ? WHERE hash = ?",
        [.integer(now.microseconds), .text(grant), .blob(hash)])
      return .known(ask, person: row[1].text ?? "")
    }
  }
}

// Codes become tokens.
extension AuthorizationServer {
  func redeem(_ call: WebCall, _ client: StoredClient) async throws(Refusal) -> WebAnswer {
    guard let code = call.form["code"] else {
      throw Refusal(.invalidRequest, "code is missing")
    }
    let thumbprint = try thumbprint(call)
    let grant = try random(12)
    let (ask, person) = try await redeemed(code, for: grant)
    try check(ask, call, client, thumbprint)
    let named = try resource(call.form.all("resource"), call.base)
    if let named, let agreed = ask.resource, named != agreed {
      throw Refusal(.invalidTarget, "the code is for the resource \(agreed)")
    }
    let stored = StoredGrant(
      id: grant, person: person, client: client.id, scopes: ask.scopes,
      resource: ask.resource ?? named ?? settings.usualResource(call.base),
      thumbprint: thumbprint ?? "")
    return try await begin(stored, call, client, nonce: ask.nonce)
  }

  private func redeemed(
    _ code: String, for grant: String
  ) async throws(Refusal) -> (AuthorizationAsk, String) {
    let hash = digest(code)
    let outcome = try await kept { () async throws(AuthorizationStoreError) in
      try await store.redeem(hash, for: grant, of: settings.system, at: clock.wallTime)
    }
    switch outcome {
    case .known(let ask, let person) where !faults.has(.codeExpired): return (ask, person)
    case .expired, .known: throw Refusal(.invalidGrant, "the code is over")
    case .unknown: throw Refusal(.invalidGrant, "there is no such code")
    case .reused(let client):
      await mirror.refresh()
      tell(.reused, client: client, detail: "a code was shown again; its tokens ended")
      throw Refusal(.invalidGrant, "the code was used before; what came of it has ended")
    }
  }

  private func check(
    _ ask: AuthorizationAsk, _ call: WebCall, _ client: StoredClient, _ thumbprint: String?
  ) throws(Refusal) {
    guard ask.client == client.id else {
      throw Refusal(.invalidGrant, "the code was given to another client")
    }
    if let redirect = call.form["redirect_uri"], redirect != ask.redirect {
      throw Refusal(.invalidGrant, "redirect_uri is not the one that the code was sent to")
    }
    if let bound = ask.thumbprint, bound != thumbprint {
      throw Refusal(.invalidGrant, "the code is bound to another key")
    }
    guard let verifier = call.form["code_verifier"], Self.isVerifier(verifier),
      Base64URL.text(digest(verifier)) == ask.challenge
    else { throw Refusal(.invalidGrant, "code_verifier is not the one of this sign-in") }
  }

  private static func isVerifier(_ text: String) -> Bool {
    (43...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "~"):
          true
        default: false
        }
      }
  }

  /// Stores the grant with its first refresh token, and answers with its tokens.
  func begin(
    _ grant: StoredGrant, _ call: WebCall, _ client: StoredClient, nonce: String? = nil
  ) async throws(Refusal) -> WebAnswer {
    let refresh =
      client.metadata.grants.contains("refresh_token") || grant.scopes.contains("offline_access")
      ? try newRefreshToken() : nil
    try await kept { () async throws(AuthorizationStoreError) in
      try await store.begin(
        grant, system: settings.system, refresh: refresh?.stored, at: clock.wallTime)
    }
    tell(
      .tokenIssued, client: client.id, person: grant.person, scopes: grant.scopes.text,
      detail: call.form["grant_type"] ?? "")
    var more: [(String, JSON)] = []
    if grant.scopes.contains("openid"), let person = person(grant.person) {
      more.append(
        ("id_token", .string(try identityToken(person, for: client.id, nonce: nonce, call))))
    }
    return try tokens(
      order(grant, grant.scopes), refresh: refresh?.text, call, more: more)
  }

  func order(_ grant: StoredGrant, _ scopes: Scopes) -> TokenOrder {
    TokenOrder(
      client: grant.client, person: grant.person, scopes: scopes, resource: grant.resource,
      grant: grant.id, thumbprint: grant.thumbprint.isEmpty ? nil : grant.thumbprint)
  }
}

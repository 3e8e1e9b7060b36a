import Authorization
import Crypto
import Database
import EventLoop
import Faults
package import HTTPCore
import JSON

// Access tokens, checked on the loop. A token's signature is looked at once; after that it costs a look in a table.
extension AuthorizationServer {
  package func check(_ use: TokenUse) -> TokenVerdict {
    let values = use.fields.all("Authorization")
    guard values.count == 1, let (scheme, token) = Self.credentials(values[0]) else {
      return .denied(.missing)
    }
    guard let state = mirror.value else { return .denied(.unavailable) }
    guard let read = believed(token, state) else { return .denied(.notOurs) }
    if let denial = denial(read, state, use) { return .denied(denial) }
    if let denial = proofDenial(read, scheme, token, state, use) { return .denied(denial) }
    guard !read.person.isEmpty else { return .granted(read.facts(nil)) }
    guard let person = knownPerson(read.person) else { return .denied(.unknownPerson(read.person)) }
    return .granted(read.facts(person))
  }

  /// Whether a request shows something that could be a token of ours, and no key of another kind.
  package func concerns(_ fields: HTTPFields) -> Bool {
    guard let value = fields["Authorization"], let (scheme, token) = Self.credentials(value) else {
      return false
    }
    return scheme == .dpop || CompactJWT.hasShape(token)
  }

  /// As long as it stays the same, so does the verdict on a token that needs no proof, shown at one place. Nil while
  /// each use has to be looked at by itself.
  package var moment: TokenMoment? {
    guard faults.isQuiet, let reading = mirror.reading else { return nil }
    return TokenMoment(second: clock.seconds, reading: reading)
  }

  enum Scheme { case bearer, dpop }

  private static func credentials(_ value: String) -> (Scheme, String)? {
    for (scheme, word) in [(Scheme.bearer, "Bearer "), (.dpop, "DPoP ")]
    where value.prefix(word.count).equalsIgnoringASCIICase(word) {
      let token = value.utf8.dropFirst(word.utf8.count).drop { $0 == UInt8(ascii: " ") }
      return token.isEmpty ? nil : (scheme, String(Substring(token)))
    }
    return nil
  }

  private static let cacheLimit = 4096

  /// Nil for what is no access token of this issuer.
  func believed(_ token: String, _ state: IssuerState) -> BelievedToken? {
    if let known = believedTokens[token] { return known }
    guard let jwt = CompactJWT(token), jwt.header["typ"]?.string == "at+jwt",
      keys.isOurs(jwt, state), let read = BelievedToken(jwt.claims)
    else { return nil }
    if believedTokens.count >= Self.cacheLimit { believedTokens = [:] }
    believedTokens[token] = read
    return read
  }

  private func denial(
    _ token: BelievedToken, _ state: IssuerState, _ use: TokenUse
  ) -> TokenDenial? {
    let skew: Int64 = faults.has(.clockSkew) ? 3600 : 0
    if token.expires <= clock.seconds + skew {
      return .expired(WallTime(microseconds: token.expires * 1_000_000))
    }
    let base = base(use.fields)
    if token.issuer != base { return .otherIssuer(token.issuer) }
    if !settings.takes(token.audience, at: use.path, base) {
      return .otherAudience(token.audience)
    }
    return isOver(token, state) ? .revoked : nil
  }

  /// Whether it ended before its time: itself, its grant or its client.
  func isOver(_ token: BelievedToken, _ state: IssuerState) -> Bool {
    token.grant.map(state.revokedGrants.contains) ?? false
      || state.revokedTokens.contains(token.id) || state.removedClients.contains(token.client)
  }

  private func proofDenial(
    _ token: BelievedToken, _ scheme: Scheme, _ text: String, _ state: IssuerState, _ use: TokenUse
  ) -> TokenDenial? {
    guard scheme == .dpop || token.thumbprint != nil else { return nil }
    guard scheme == .dpop, let thumbprint = token.thumbprint else {
      return .proof(
        code: "invalid_token",
        text: scheme == .dpop
          ? "the access token is bound to no key" : "the access token is bound to a key: send DPoP",
        nonce: nil)
    }
    let occasion = ProofOfPossession.Occasion(
      method: use.method, url: base(use.fields) + use.path, token: text,
      nonceSeal: faults.has(.needsNonce) ? state.seal : nil)
    do throws(Refusal) {
      if try proofs.check(use.fields, occasion) == thumbprint { return nil }
      return .proof(
        code: "invalid_dpop_proof", text: "the proof is missing or of another key", nonce: nil)
    } catch {
      return .proof(
        code: error.code.rawValue, text: error.plainText, nonce: error.fields["DPoP-Nonce"])
    }
  }
}

/// The claims of an access token whose signature is ours.
struct BelievedToken: Sendable {
  let issuer: String
  /// Empty where a client acts for itself.
  let person: String
  let client: String
  let audience: String
  let scopes: Scopes
  let expires: Int64
  let id: String
  let grant: String?
  let thumbprint: String?

  init?(_ claims: JSON) {
    guard let issuer = claims["iss"]?.string, let subject = claims["sub"]?.string,
      let client = claims["client_id"]?.string, let audience = claims["aud"]?.string,
      let expires = claims["exp"]?.int, let id = claims["jti"]?.string
    else { return nil }
    self.issuer = issuer
    self.client = client
    self.audience = audience
    self.expires = Int64(clamping: expires)
    self.id = id
    person = subject == client ? "" : subject
    scopes = Scopes(text: claims["scope"]?.string ?? "")
    grant = claims["grant"]?.string
    thumbprint = claims["cnf"]?["jkt"]?.string
  }

  func facts(_ person: Person?) -> TokenFacts {
    TokenFacts(
      id: id, issuer: issuer, resource: audience, person: person, client: client, scopes: scopes,
      expiresAt: WallTime(microseconds: expires * 1_000_000), needsProof: thumbprint != nil)
  }
}

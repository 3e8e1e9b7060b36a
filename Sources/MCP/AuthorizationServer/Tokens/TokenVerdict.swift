package import Authorization
package import EventLoop
package import HTTPCore

/// What an access token says, once it is believed.
package struct TokenFacts: Sendable, Hashable {
  /// The token's own name.
  package let id: String
  package let issuer: String
  package let resource: String
  /// Nil where a client acts for itself.
  package let person: Person?
  package let client: String
  package let scopes: Scopes
  package let expiresAt: WallTime
  /// Whether each use has to prove that it has the key.
  package let needsProof: Bool
}

/// A second of the clock, and a reading of the store.
package struct TokenMoment: Sendable, Hashable {
  package let second: Int64
  package let reading: Int

  package init(second: Int64, reading: Int) {
    self.second = second
    self.reading = reading
  }
}

/// What a shown token is worth.
package enum TokenVerdict: Sendable {
  case granted(TokenFacts)
  case denied(TokenDenial)
}

/// Why a token opens nothing.
package enum TokenDenial: Sendable, Hashable {
  /// The request shows no token.
  case missing
  /// What it shows is no token of this issuer.
  case notOurs
  case expired(WallTime)
  /// Revoked itself, or its grant, or its client.
  case revoked
  case otherAudience(String)
  case otherIssuer(String)
  /// Who the token names is not known any more.
  case unknownPerson(String)
  /// Something is wrong with the proof that goes with it; the standard's code and a sentence.
  case proof(code: String, text: String, nonce: String?)
  /// The token is good and lacks these scopes.
  case missingScopes([String])
  /// Nothing can be checked just now.
  case unavailable
}

extension TokenDenial {
  package var status: Int {
    switch self {
    case .missingScopes: 403
    case .unavailable: 503
    default: 401
    }
  }

  /// The `error` of a challenge; nil where the request showed nothing.
  package var challengeError: String? {
    switch self {
    case .missing, .unavailable: nil
    case .missingScopes: "insufficient_scope"
    case .proof(let code, _, _): code
    default: "invalid_token"
    }
  }

  /// One sentence without a full stop, for the caller; no part of the token stands in it.
  package var sentence: String {
    switch self {
    case .missing: "no access token was sent"
    case .notOurs: "what was sent is no access token of this server"
    case .expired(let time): "the access token expired at \(time)"
    case .revoked: "the access token was revoked"
    case .otherAudience(let name): "the access token is for \(name) and not for this server"
    case .otherIssuer(let name): "the access token was issued by \(name)"
    case .unknownPerson(let name): "there is no user \(name) any more"
    case .proof(_, let text, _): text
    case .missingScopes(let scopes):
      "the access token lacks the scope\(scopes.count == 1 ? "" : "s") "
        + scopes.joined(separator: ", ")
    case .unavailable: "access tokens cannot be checked just now"
    }
  }
}

/// The request that a token comes with.
package struct TokenUse: Sendable {
  package var fields: HTTPFields
  package var method: String
  package var path: String

  package init(fields: HTTPFields, method: String, path: String) {
    self.fields = fields
    self.method = method
    self.path = path
  }
}

package import EventLoop

/// What a shown key is worth.
package enum KeyVerdict: Sendable, Hashable {
  case granted(APIKey)
  case denied(KeyDenial)
}

/// Why a key opens nothing.
package enum KeyDenial: Sendable, Hashable {
  /// The request shows no key.
  case missing
  /// Not the form of a key, or of a key of this system.
  case malformed
  case unknown
  /// A key of another system; its prefix.
  case otherSystem(String)
  case expired(String, WallTime)
  case revoked(String, WallTime)
  /// The key lacks these scopes.
  case missingScopes(String, [String])
  /// The keys cannot be read just now.
  case unavailable
}

extension KeyDenial {
  /// 403 where the key is good and only not enough.
  package var status: Int {
    switch self {
    case .missingScopes: 403
    case .unavailable: 503
    default: 401
    }
  }

  /// The `error` of RFC 6750; nil where the request showed nothing.
  package var challengeError: String? {
    switch self {
    case .missing, .unavailable: nil
    case .missingScopes: "insufficient_scope"
    default: "invalid_token"
    }
  }

  /// The prefix of the key, for the audit.
  package var prefix: String? {
    switch self {
    case .missing, .malformed, .unknown, .unavailable: nil
    case .otherSystem(let prefix), .expired(let prefix, _), .revoked(let prefix, _),
      .missingScopes(let prefix, _):
      prefix
    }
  }

  /// One sentence without a full stop, for the caller; no part of the key stands in it.
  package var sentence: String {
    switch self {
    case .missing: "no API key was sent"
    case .malformed: "what was sent is no API key of this system"
    case .unknown: "the API key is not known"
    case .unavailable: "the API keys cannot be read just now"
    case .otherSystem: "the API key belongs to another system"
    case .expired(_, let time): "the API key expired at \(time)"
    case .revoked(_, let time): "the API key was revoked at \(time)"
    case .missingScopes(_, let scopes):
      "the API key lacks the scope\(scopes.count == 1 ? "" : "s") \(scopes.joined(separator: ", "))"
    }
  }
}

extension APIKey {
  /// Nil where the key has every scope that is needed.
  package func denial(needing needed: [String]) -> KeyDenial? {
    let missing = needed.filter { !scopes.contains($0) }
    return missing.isEmpty ? nil : .missingScopes(prefix, missing)
  }
}

import Authorization
import EventLoop
import Faults
package import HTTPCore

extension AuthorizationServer {
  /// What stands in the head of a refusal, for whoever asked for that resource: everything that a client needs to get
  /// a better token.
  package func challenge(
    _ denial: TokenDenial, needing scopes: [String], resource: String
  ) -> HTTPFields {
    if denial.status == 503 { return ["Retry-After": "1"] }
    if faults.has(.noChallenge) { return [:] }
    var fields: HTTPFields = [
      "WWW-Authenticate": words(denial, scopes, Self.document(of: resource))
    ]
    if case .proof(_, _, let nonce?) = denial { fields.append("DPoP-Nonce", nonce) }
    return fields
  }

  /// The resource that a request was for, by the address and the name under which it came.
  package func resource(at path: String, _ fields: HTTPFields) -> String {
    settings.resource(at: path, base(fields))
  }

  /// The address of a resource's metadata: its own with the well-known path in front of its path.
  private static func document(of resource: String) -> String {
    let slashes = resource.indices.filter { resource[$0] == "/" }
    let path = slashes.count > 2 ? slashes[2] : resource.endIndex
    return resource[..<path] + WellKnownPath.resource + resource[path...]
  }

  private func words(
    _ denial: TokenDenial, _ scopes: [String], _ metadata: String
  ) -> String {
    var parts: [(String, String)] = []
    if let error = denial.challengeError {
      parts.append(("error", error))
      parts.append(
        ("error_description", Refusal(.invalidToken, denial.sentence).plainText))
    }
    let wanted = scopes.isEmpty ? settings.usualScopes.names : scopes
    if !wanted.isEmpty { parts.append(("scope", wanted.joined(separator: " "))) }
    if !faults.has(.bareChallenge), !faults.has(.noResource) {
      parts.append(("resource_metadata", metadata))
    }
    var scheme = "Bearer"
    if case .proof(let code, _, _) = denial {
      // A token that is bound to a key is asked for by the scheme that proves it.
      scheme = "DPoP"
      if code == "invalid_token" || code == "use_dpop_nonce" {
        parts.append(("algs", ProofOfPossession.algorithms.joined(separator: " ")))
      }
    }
    let words = parts.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ", ")
    return words.isEmpty ? scheme : "\(scheme) \(words)"
  }

  /// Whether the resource refuses everybody, whatever they show; for practice.
  package var refusesAll: Bool { faults.has(.forbidden) }
}

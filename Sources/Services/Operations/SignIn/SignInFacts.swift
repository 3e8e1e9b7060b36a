import Authorization
import HTTPCore
package import JSON
package import SafeText

/// What is known of a kept sign-in.
package struct SignInFacts: Sendable, Hashable {
  package let server: String
  package let issuer: String
  package let client: String
  /// `given`, `document` or `registered`.
  package let clientSource: String
  package let kind: String
  package let resource: String?
  package let requested: [String]?
  package let granted: [String]?
  package let token: Secret
  package let tokenType: String
  package let refreshToken: Secret?
  /// Seconds from now; negative for one that has expired, nil where nobody knows.
  package let secondsLeft: Int64?
  package let isRenewable: Bool
  package let canRevoke: Bool
  /// Header and claims of a token that is a JWT, its signature not checked.
  package let header: JSON?
  package let claims: JSON?
  /// What was settled about this server against its word.
  package let terms: [String]
  /// What in the claims speaks against the token's being taken.
  package let warnings: [String]

  init(_ grant: StoredGrant, now: Int64) {
    server = grant.server
    issuer = grant.issuer
    client = grant.client.id
    clientSource = grant.client.source.rawValue
    kind = grant.kind.rawValue
    resource = grant.resource
    requested = grant.requested?.names
    granted = grant.tokens.scopes?.names
    token = grant.tokens.access
    tokenType = grant.tokens.type
    refreshToken = grant.tokens.refresh
    secondsLeft = grant.tokens.expiry.map { $0 - now }
    isRenewable = grant.isRenewable
    canRevoke = grant.revocationEndpoint != nil
    terms = grant.terms.sentences
    let jwt = UnverifiedJWT(grant.tokens.access.reveal())
    header = jwt?.header
    claims = jwt?.claims
    warnings = jwt.map { Self.warnings($0.claims, grant, now) } ?? []
  }

  private static func warnings(_ claims: JSON, _ grant: StoredGrant, _ now: Int64) -> [String] {
    var lines: [String] = []
    if let issuer = claims["iss"]?.string, issuer != grant.issuer {
      lines.append("iss is “\(issuer)”, not “\(grant.issuer)”")
    }
    let audiences = claims["aud"]?.array?.compactMap(\.string) ?? claims["aud"]?.string.map { [$0] }
    if let audiences, let resource = grant.resource, !audiences.contains(resource) {
      lines.append("aud is “\(audiences.joined(separator: " "))”, without “\(resource)”")
    }
    if let expiry = claims["exp"]?.number?.double, expiry <= Double(now) {
      lines.append("exp has passed by this machine's clock")
    }
    if let start = claims["nbf"]?.number?.double ?? claims["iat"]?.number?.double,
      start > Double(now) + 5
    {
      lines.append("it is not valid yet by this machine's clock")
    }
    return lines
  }

  package func json(revealing: Bool) -> JSON {
    func secret(_ secret: Secret?) -> JSON? {
      secret.map { .string(revealing ? $0.reveal() : Secret.mask) }
    }
    var object: JSONObject = [
      "server": .string(server), "issuer": .string(issuer), "client": .string(client),
      "clientSource": .string(clientSource), "grant": .string(kind),
    ]
    object["resource"] = resource.map(JSON.string)
    object["requested"] = requested.map { .array($0.map(JSON.string)) }
    object["granted"] = granted.map { .array($0.map(JSON.string)) }
    object["tokenType"] = .string(tokenType)
    object["token"] = secret(token)
    object["refreshToken"] = secret(refreshToken)
    object["secondsLeft"] = secondsLeft.map { .number(JSONNumber($0)) }
    object["renewable"] = .bool(isRenewable)
    if let claims, let header {
      object["unverified"] = ["header": header, "claims": claims]
    }
    if !terms.isEmpty { object["settled"] = .array(terms.map(JSON.string)) }
    if !warnings.isEmpty { object["warnings"] = .array(warnings.map(JSON.string)) }
    return .object(object)
  }
}

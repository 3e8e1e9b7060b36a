import HTTPCore
import JSON
import SafeText

/// Reads what a token endpoint answers, whatever it makes of the standard.
struct TokenAnswer {
  let step: AuthorizationFailure.TokenStep
  let answer: AuthorizationAnswer
  /// Seconds since 1970.
  let now: Int64
  /// The request carried a proof that the token may be bound to.
  var isBound = false

  /// `asked` are the scopes of the request, which hold where the answer names none.
  func read(asked: Scopes?) throws(AuthorizationFailure) -> (tokens: TokenSet, findings: [String]) {
    let value = try value()
    if let error = OAuthError(value) {
      throw .tokenRefused(step: step, status: answer.status, error)
    }
    guard answer.isSuccess else { throw unusable(words) }
    guard let access = value["access_token"]?.string, !access.isEmpty,
      HTTPField.isValue(access)
    else { throw unusable("it holds no access_token") }
    var findings: [String] = []
    var tokens = TokenSet(access: Secret(access), type: try type(value, &findings))
    tokens.expiry = expiry(value["expires_in"], &findings)
    tokens.refresh = secret(value["refresh_token"])
    tokens.identity = secret(value["id_token"])
    tokens.scopes = Scopes(value["scope"]) ?? asked
    findings += oddities(value, tokens, asked: asked)
    return (tokens, findings)
  }

  /// The answer as an object: JSON, or a form in the manner of older servers.
  private func value() throws(AuthorizationFailure) -> JSON {
    if RedirectRule.isRedirect(answer.status) {
      throw unusable("it redirects to \(answer.fields["Location"] ?? "nowhere")")
    }
    if let json = Discovery.document(answer) { return json }
    let items = FormEncoding.decode(String(decoding: answer.body.prefix(65_536), as: UTF8.self))
    guard items.contains(where: { $0.0 == "access_token" || $0.0 == "error" }) else {
      throw unusable(words)
    }
    return .object(JSONObject(items.map { ($0.0, JSON.string($0.1)) }))
  }

  private var words: String {
    let text = String(decoding: answer.body.prefix(200), as: UTF8.self)
    if answer.mediaType?.essence == "text/html" { return "a page: \(PageText.plain(text))" }
    return text.isEmpty ? "it is empty" : text
  }

  private func unusable(_ what: String) -> AuthorizationFailure {
    .tokenUnusable(step: step, status: answer.status, what: what)
  }

  private func type(_ value: JSON, _ findings: inout [String]) throws(AuthorizationFailure)
    -> String
  {
    guard let written = value["token_type"]?.string else {
      findings.append("token_type is missing; taken for Bearer")
      return "Bearer"
    }
    switch written.lowercased() {
    case "bearer":
      if isBound { findings.append("token_type is Bearer: the token is not bound to the key") }
      return "Bearer"
    case "dpop" where isBound: return "DPoP"
    case "dpop": throw unusable("it is bound to a key (DPoP), and no key was shown")
    // RFC 8693: the token is not to be used as an access token.
    case "n_a" where step == .exchange: return "N_A"
    default: throw unusable("token_type “\(written)” is not known here")
    }
  }

  private func expiry(_ json: JSON?, _ findings: inout [String]) -> Int64? {
    guard let json, !json.isNull else { return nil }
    let seconds = json.number?.double ?? json.string.flatMap(Double.init)
    guard let seconds, seconds.isFinite else {
      findings.append("expires_in is no number: \(json.compact)")
      return nil
    }
    if json.string != nil { findings.append("expires_in is a string") }
    return now + Int64(max(0, min(seconds, 1e10)))
  }

  private func secret(_ json: JSON?) -> Secret? {
    (json?.string).flatMap { $0.isEmpty ? nil : Secret($0) }
  }

  private func oddities(_ value: JSON, _ tokens: TokenSet, asked: Scopes?) -> [String] {
    var findings: [String] = []
    if value["scope"]?.array != nil { findings.append("scope is an array") }
    if let expiry = tokens.expiry {
      findings.append("expires in \(expiry - now) s")
    } else {
      findings.append("the token's life is not told")
    }
    findings.append(tokens.refresh == nil ? "no refresh token" : "with a refresh token")
    guard let asked, let granted = tokens.scopes else { return findings }
    let missing = asked.subtracting(granted), more = granted.subtracting(asked)
    if !missing.isEmpty { findings.append("not granted: \(missing.text)") }
    if !more.isEmpty { findings.append("granted besides: \(more.text)") }
    return findings
  }
}

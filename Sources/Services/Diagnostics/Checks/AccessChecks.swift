import EventLoop
import JSON
import Operations
import Settings

extension Check {
  private static let onlyAddresses: Exemption = {
    $0.subject.definition?.url == nil ? "a process takes its credentials from its environment" : nil
  }

  /// Whether the server lets us in.
  static let access: Check = Check(
    "auth", "Access", exemption: onlyAddresses,
    causes: [
      "sign-in-needed": .init("alidade auth login TARGET, or -H 'Authorization: Bearer …'"),
      "http-401": .init("alidade auth login TARGET, or -H 'Authorization: Bearer …'"),
      "http-403": .init(
        "the credentials are known and do not suffice: a role, a plan or an address list, which no scope mends"
      ),
      "scope-needed": .init(
        "sign in again with the scopes the server names: alidade auth login TARGET --scope …; a key must be made with them"
      ),
      "header-refused": .init(
        "the Authorization header that was given is refused: is the key whole, current, and with one 'Bearer'?"
      ),
      "token-refused-by-server": .init(
        "the token is new and still refused: audience, issuer or clock do not agree"),
      "token-unusable": .init(
        "the token endpoint answers no token: a proxy or a page in front of it, or a fault of the authorization server"
      ),
      "temporarily_unavailable": .init(
        "the authorization server is down or overloaded: try again later; what is kept stays"),
      "server_error": .init("the authorization server failed: look at its log, try again later"),
      "invalid_client": .init(
        "the client is not known there any more: alidade auth logout TARGET, then sign in anew"),
      "invalid_grant": .init(
        "the code or the renewal is over, used or withdrawn: sign in again: alidade auth login TARGET"
      ),
      "unauthorized_client": .init(
        "the authorization server does not let this client use that grant: ask whoever runs it"),
      "unsupported_grant_type": .init(
        "the authorization server does not know that grant: ask whoever runs it"),
      "registration-unusable": .init(
        "registration answers no client: register one by hand and name it with --client-id"),
    ], layers: ["auth"]
  ) { examination in
    let isChallenged = examination.attempt.exchanges.contains { $0["status"] == 401 }
    let given = examination.subject.definition?.headers.contains {
      $0.name.lowercased() == "authorization"
    }
    let words =
      isChallenged
      ? examination.attempt.failure == nil
        ? "the server asked for credentials and took those it got"
        : "the server asks for a sign-in"
      : given == true ? "the given credentials are taken" : "the server asks for none"
    return [access.finding(.ok, words)]
  }

  /// Where the authorization server is found, each step as it was asked.
  static let discovery: Check = Check(
    "discovery", "Authorization server",
    exemption: { examination in
      guard examination.subject.definition?.url != nil else { return "the server is a process" }
      let isAsked = examination.attempt.exchanges.contains { $0["status"] == 401 }
      return isAsked || examination.attempt.failure?.kind == .unauthorized
        ? nil : "no sign-in was asked for"
    },
    causes: [
      "metadata-unavailable": .init(
        "the authorization server's documents cannot be had: is it running, and is the way to it free?"
      ),
      "answer-useless": .init(
        "what stands at that address is no metadata: correct the server's route, or name the issuer with --issuer URL"
      ),
      "redirect-loop": .init(
        "the metadata redirects in a circle: mend the server, or a proxy before it"),
      "private-address": .init(
        "a public server must not lead into a private network; --allow-private where it is meant"),
      "not-encrypted": .init("the authorization server must be reached over https"),
      "bad-address": .init("the metadata names what is no address: correct it there"),
      "resource-mismatch": .init(
        "use the address that the metadata names, or correct it there, to the last byte"),
      "no-authorization-server": .init(
        "the resource metadata must name authorization_servers; --issuer URL names one by hand"),
      "no-server-metadata": .init(
        "serve /.well-known/oauth-authorization-server or openid-configuration; --issuer URL names another"
      ),
      "issuer-mismatch": .init(
        "the metadata's issuer must be the address it was found by, to the last byte"),
      "issuer-malformed": .init(
        "an issuer has no query and no fragment: correct authorization_servers and the metadata"),
      "endpoint-missing": .init("the metadata lacks an endpoint that is needed: add it there"),
      "endpoint-elsewhere": .init(
        "is that host meant? The metadata names it, not this program"),
    ].merging(DiscoveryIssue.remedies.map { ($0.id, Cause($0.fix)) }) { own, _ in own },
    isIndependent: true
  ) { examination in
    guard let definition = examination.subject.definition else { return [] }
    let failed = examination.attempt.failure?.details["auth"]?.string
    let station = examination.station
    let found = await Deadline.hold(examination.limit, on: station.clock) {
      await station.authorizationServer(of: definition)
    }
    let steps = found.steps.map { Finding.Evidence("step", $0.line) }
    guard let failure = found.failure else {
      let issues = found.issues.filter { $0.id != failed }.map { issue in
        Finding(
          issue.isFatal ? .error : .warning, issue.id, check: "discovery", issue.sentence,
          evidence: steps, fix: issue.fix, kind: .unauthorized)
      }
      return issues + [
        Finding(
          .ok, "discovery-ok", check: "discovery",
          "the authorization server is \(found.issuer ?? "known")",
          evidence: found.facts.map { .init($0.name, $0.value) } + steps)
      ]
    }
    return [
      Finding(
        .error, failure.details["auth"]?.string ?? "discovery-failed", check: "discovery",
        failure.sentence, evidence: steps, fix: failure.hint, kind: failure.kind)
    ]
  }

  /// What is kept of an earlier sign-in.
  static let token: Check = Check(
    "token", "Token", exemption: onlyAddresses, isIndependent: true
  ) { examination in
    guard let definition = examination.subject.definition else { return [] }
    if let facts = examination.attempt.signedIn { return findings(on: facts) }
    let facts: SignInFacts
    do { facts = try await examination.station.signIn(for: definition) } catch {
      return [Finding(.skipped, "token-none", check: "token", "no sign-in is kept for this server")]
    }
    return findings(on: facts)
  }

  private static func findings(on facts: SignInFacts) -> [Finding] {
    let evidence = evidence(of: facts)
    var found = facts.warnings.map {
      Finding(
        .warning, "token-claims", check: "token", $0, evidence: evidence,
        fix: "sign in again: alidade auth login TARGET", kind: .unauthorized)
    }
    if let left = facts.secondsLeft, left <= 0, !facts.isRenewable {
      found.append(
        Finding(
          .warning, "token-expired", check: "token", "the kept token has expired",
          evidence: evidence, fix: "sign in again: alidade auth login TARGET", kind: .unauthorized))
    }
    if facts.refreshToken == nil, let left = facts.secondsLeft, left > 0 {
      found.append(
        Finding(
          .note, "token-not-renewable", check: "token",
          "no refresh token came: in \(left) s a new sign-in is needed", evidence: evidence,
          fix: "ask for offline_access, or allow refresh tokens there", kind: .unauthorized))
    }
    if facts.secondsLeft == nil {
      found.append(
        Finding(
          .note, "token-lifetime-unknown", check: "token",
          "the token came without expires_in: nobody knows how long it works", evidence: evidence,
          fix: "the token endpoint should say expires_in", kind: .unauthorized))
    }
    if let asked = facts.requested, let granted = facts.granted {
      let missing = asked.filter { !granted.contains($0) }
      if !missing.isEmpty {
        found.append(
          Finding(
            .warning, "token-scope-short", check: "token",
            "asked for and not granted: \(missing.joined(separator: " "))", evidence: evidence,
            fix: "ask whoever runs the authorization server for those rights", kind: .unauthorized))
      }
    }
    return found.isEmpty ? [token.finding(.ok, "a sign-in is kept", evidence)] : found
  }

  private static func evidence(of facts: SignInFacts) -> [Finding.Evidence] {
    var rows: [Finding.Evidence] = [
      .init("issuer", facts.issuer), .init("client", "\(facts.client) (\(facts.clientSource))"),
    ]
    if let left = facts.secondsLeft { rows.append(.init("seconds left", "\(left)")) }
    if let granted = facts.granted {
      rows.append(.init("scopes", granted.joined(separator: " ")))
    }
    for name in ["iss", "aud", "exp", "nbf", "iat"] {
      if let value = facts.claims?[name] { rows.append(.init(name, value.compact)) }
    }
    return rows
  }
}

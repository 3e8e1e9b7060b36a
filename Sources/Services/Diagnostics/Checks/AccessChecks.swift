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
        "sign in again with the scopes the server names: alidade auth login TARGET --scope …"),
      "header-refused": .init(
        "the Authorization header that was given is refused: is the key whole, current, and with one 'Bearer'?"
      ),
      "token-refused-by-server": .init(
        "the token is new and still refused: audience, issuer or clock do not agree"),
    ], layers: ["auth"]
  ) { examination in
    let isChallenged = examination.attempt.exchanges.contains { $0["status"] == 401 }
    let given = examination.subject.definition?.headers.contains {
      $0.name.lowercased() == "authorization"
    }
    let words =
      isChallenged
      ? "the server asked for credentials and took those it got"
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
    }, isIndependent: true
  ) { examination in
    guard let definition = examination.subject.definition else { return [] }
    let station = examination.station
    let found = await Deadline.hold(examination.limit, on: station.clock) {
      await station.authorizationServer(of: definition)
    }
    let steps = found.steps.map { Finding.Evidence("step", $0.line) }
    guard let failure = found.failure else {
      let issues = found.issues.map { issue in
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

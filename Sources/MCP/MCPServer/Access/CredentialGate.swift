package import EventLoop
package import HTTPCore

/// Knows one kind of credential: API keys, access tokens.
@LoopActor
package protocol CredentialCheck: AnyObject, Sendable {
  /// Calls `then` once, at once where it knows.
  func check(_ credentials: Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void)

  /// Whom it found good behind the same head, where looking again would find the same.
  func known(_ credentials: Credentials) -> Caller?
}

extension CredentialCheck {
  package func known(_ credentials: Credentials) -> Caller? { nil }
}

/// What one check makes of a request.
package enum CredentialVerdict: Sendable {
  case good(Caller)
  case bad(AccessDenial)
  /// The request shows nothing of this kind. What it shows instead may be another check's; where no check takes it,
  /// the last denial that came with this counts.
  case notMine(AccessDenial?)
}

/// Why a caller gets nothing, before it is put into the words of HTTP.
package struct AccessDenial: Sendable, Hashable {
  package var status: Int
  /// The `error` of RFC 6750; nil where nothing was shown, or where it is not the caller's fault.
  package var error: String?
  /// One sentence without a full stop; no part of a credential stands in it.
  package var text: String
  /// What may be written down of the credential: a key's prefix, a client's id.
  package var credential: String?
  /// All that the thing asked for needs, where that is known.
  package var scopes: [String] = []
  /// What stands in the head of the refusal in the place of the gate's own challenge.
  package var fields: HTTPFields?

  package init(status: Int = 401, error: String? = nil, _ text: String, credential: String? = nil) {
    self.status = status
    self.error = error
    self.text = text
    self.credential = credential
  }

  /// Of a request whose host or page may not call, whoever sends it; `reason` is a whole sentence.
  static func turnedAway(_ reason: String) -> AccessDenial {
    AccessDenial(status: 403, String(reason.hasSuffix(".") ? reason.dropLast() : reason[...]))
  }

  package static let nothingShown = AccessDenial("no credential was sent")

  /// A word for statistics.
  package var reason: String { error ?? Self.reasons[status] ?? "missing" }

  private static let reasons = [403: "foreign", 503: "unavailable"]
}

/// Lets in whom one of several checks knows, and holds everyone to the scopes of what they ask for.
@LoopActor
package final class CredentialGate: AccessGate {
  package typealias Refused = @LoopActor (Credentials, AccessDenial) -> Void
  /// Says which scopes are missing, in the words of one system; without a full stop.
  package typealias ScopeWords = @Sendable (Caller, AccessNeed, _ missing: [String]) -> String

  /// Where clients read which authorization servers this server trusts (RFC 9728); stands in every challenge.
  package var resourceMetadata: String?

  /// Words the challenge for a caller who lacks scopes, where its kind of credential has words of its own.
  package var challengeWords: (@LoopActor (Caller, AccessDenial) -> HTTPFields?)?

  private let checks: [any CredentialCheck]
  private let words: ScopeWords
  private let refused: Refused

  /// `refused` hears of everyone who is not let in at all.
  package init(
    _ checks: [any CredentialCheck], words: @escaping ScopeWords = CredentialGate.plainWords,
    refused: @escaping Refused = { _, _ in }
  ) {
    self.checks = checks
    self.words = words
    self.refused = refused
  }

  package func turnedAway(_ credentials: Credentials, _ reason: String) {
    refused(credentials, .turnedAway(reason))
  }

  package func known(_ credentials: Credentials) -> Caller? {
    for check in checks {
      if let caller = check.known(credentials) { return caller }
    }
    return nil
  }

  package func admit(_ credentials: Credentials, then: @escaping @LoopActor (Admission) -> Void) {
    ask(0, credentials, .nothingShown, then)
  }

  private func ask(
    _ index: Int, _ credentials: Credentials, _ denial: AccessDenial,
    _ then: @escaping @LoopActor (Admission) -> Void
  ) {
    guard index < checks.count else { return refuse(credentials, denial, then) }
    checks[index].check(credentials) { [self] verdict in
      switch verdict {
      case .good(let caller): then(.admitted(caller))
      case .bad(let denial): refuse(credentials, denial, then)
      case .notMine(let other): ask(index + 1, credentials, other ?? denial, then)
      }
    }
  }

  private func refuse(
    _ credentials: Credentials, _ denial: AccessDenial,
    _ then: @LoopActor (Admission) -> Void
  ) {
    refused(credentials, denial)
    then(.refused(refusal(denial)))
  }

  package func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict {
    let missing = need.scopes.filter { !caller.scopes.contains($0) }
    guard !missing.isEmpty else { return .allowed }
    var denial = AccessDenial(
      status: 403, error: "insufficient_scope", words(caller, need, missing),
      credential: caller.credential)
    denial.scopes = need.scopes
    denial.fields = challengeWords?(caller, denial)
    return .denied(refusal(denial))
  }

  package nonisolated static let plainWords: ScopeWords = { _, need, missing in
    "'\(need.name)' needs the scope\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))"
      + ", which the credential lacks"
  }

  // MARK: - Words of HTTP

  private func refusal(_ denial: AccessDenial) -> AccessRefusal {
    return AccessRefusal(
      status: denial.status, text: denial.text.asSentence,
      fields: denial.fields ?? ownFields(denial))
  }

  private func ownFields(_ denial: AccessDenial) -> HTTPFields {
    denial.status == 503 ? ["Retry-After": "1"] : ["WWW-Authenticate": challenge(denial)]
  }

  private func challenge(_ denial: AccessDenial) -> String {
    var parts = [("realm", "alidade")]
    if let error = denial.error { parts += [("error", error), ("error_description", denial.text)] }
    if !denial.scopes.isEmpty { parts.append(("scope", denial.scopes.joined(separator: " "))) }
    if let resourceMetadata { parts.append(("resource_metadata", resourceMetadata)) }
    return "Bearer " + parts.map { "\($0.0)=\"\(Self.quotable($0.1))\"" }.joined(separator: ", ")
  }

  /// RFC 6750 knows no quotes and backslashes inside, and HTTP no controls.
  private static func quotable(_ text: String) -> String {
    String(
      text.unicodeScalars.map {
        $0.value >= 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "\\" ? Character($0) : "'"
      })
  }
}

extension String {
  /// With a capital in front and a full stop behind.
  fileprivate var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}

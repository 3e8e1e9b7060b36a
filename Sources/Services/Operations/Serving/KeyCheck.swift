import EventLoop
import HTTP
import Keys
import MCPServer

/// Knows the callers by their API keys: a good key of the system gives its scopes and no more.
@LoopActor
final class KeyCheck: CredentialCheck {
  private let checker: KeyChecker
  private var callers: [String: (key: APIKey, caller: Caller)] = [:]

  init(_ checker: KeyChecker) { self.checker = checker }

  func check(
    _ credentials: MCPServer.Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void
  ) {
    let verdict = checker.check(credentials.fields)
    note(verdict, on: credentials)
    guard verdict == .denied(.unknown), checker.isBehind else { return then(answer(to: verdict)) }
    Task { then(answer(to: await checker.checkAgain(credentials.fields))) }
  }

  func known(_ credentials: MCPServer.Credentials) -> Caller? {
    guard let known = credentials.notes.note(of: self, as: KnownCaller<LastingKey>.self),
      checker.holds(known.ground)
    else { return nil }
    return known.caller
  }

  private func note(_ verdict: KeyVerdict, on credentials: MCPServer.Credentials) {
    guard case .granted(let key) = verdict, let lasting = checker.lasting(key) else { return }
    credentials.notes.set(KnownCaller(lasting, caller(with: key)), of: self)
  }

  private func answer(to verdict: KeyVerdict) -> CredentialVerdict {
    switch verdict {
    case .granted(let key): .good(caller(with: key))
    case .denied(.missing): .notMine(Self.denial(.missing))
    case .denied(.malformed): .notMine(Self.denial(.malformed))
    case .denied(let denial): .bad(Self.denial(denial))
    }
  }

  /// The same value for every call with a key, until the key changes.
  private func caller(with key: APIKey) -> Caller {
    if let known = callers[key.id], known.key == key { return known.caller }
    let caller = Self.caller(with: key)
    callers[key.id] = (key, caller)
    return caller
  }

  static func caller(with key: APIKey) -> Caller {
    var claims: [String: String] = [:]
    if !key.projects.isEmpty { claims["projects"] = key.projects.joined(separator: " ") }
    var caller = Caller(
      principal: key.name, credential: key.prefix, scopes: Set(key.scopes), claims: claims)
    caller.distinction = key.family ?? key.id
    return caller
  }

  private static func denial(_ denial: KeyDenial) -> AccessDenial {
    AccessDenial(
      status: denial.status, error: denial.challengeError, denial.sentence,
      credential: denial.prefix)
  }
}

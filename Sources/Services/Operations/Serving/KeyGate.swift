import EventLoop
import HTTPCore
import Keys
import MCPServer

/// Lets in who shows a good key of the system, with the key's scopes and no more.
@LoopActor
final class KeyGate: AccessGate {
  typealias Refused = @LoopActor (MCPServer.Credentials, KeyDenial) -> Void

  private let checker: KeyChecker
  private let refused: Refused
  private var callers: [String: (key: APIKey, caller: Caller)] = [:]

  init(_ checker: KeyChecker, refused: @escaping Refused) {
    self.checker = checker
    self.refused = refused
  }

  func admit(_ credentials: MCPServer.Credentials, then: @escaping @LoopActor (Admission) -> Void) {
    switch checker.check(credentials.fields) {
    case .granted(let key): then(.admitted(caller(with: key)))
    case .denied(let denial):
      refused(credentials, denial)
      then(.refused(Self.refusal(denial)))
    }
  }

  func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict {
    let missing = need.scopes.filter { !caller.scopes.contains($0) }
    guard !missing.isEmpty else { return .allowed }
    return .denied(Self.refusal(.missingScopes(caller.credential ?? "", missing), need.scopes))
  }

  /// The same value for every call with a key, until the key changes.
  private func caller(with key: APIKey) -> Caller {
    if let known = callers[key.id], known.key == key { return known.caller }
    var claims: [String: String] = [:]
    if !key.projects.isEmpty { claims["projects"] = key.projects.joined(separator: " ") }
    let caller = Caller(
      principal: key.name, credential: key.prefix, scopes: Set(key.scopes), claims: claims)
    callers[key.id] = (key, caller)
    return caller
  }

  private static func refusal(_ denial: KeyDenial, _ scopes: [String] = []) -> AccessRefusal {
    var parts = ["realm=\"alidade\""]
    if let error = denial.challengeError {
      parts.append("error=\"\(error)\"")
      parts.append("error_description=\"\(denial.sentence)\"")
    }
    if !scopes.isEmpty { parts.append("scope=\"\(scopes.joined(separator: " "))\"") }
    let fields: HTTPFields =
      denial.status == 503
      ? ["Retry-After": "1"] : ["WWW-Authenticate": "Bearer " + parts.joined(separator: ", ")]
    return AccessRefusal(
      status: denial.status, text: denial.sentence.capitalizedSentence, fields: fields)
  }
}

extension String {
  /// With a capital in front and a full stop behind.
  fileprivate var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}

import Authorization
import AuthorizationServer
import EventLoop
import HTTP
import HTTPCore
import MCPServer

/// Knows the callers by the access tokens of the system's own authorization server.
@LoopActor
final class TokenCheck: CredentialCheck {
  private let server: AuthorizationServer
  private var callers: [String: (facts: TokenFacts, caller: Caller)] = [:]
  private var granted = GrantedUses()
  private static let cacheLimit = 4096

  init(_ server: AuthorizationServer) { self.server = server }

  func known(_ credentials: MCPServer.Credentials) -> Caller? {
    guard let known = credentials.notes.note(of: self, as: KnownCaller<TokenMoment>.self),
      known.ground == server.moment
    else { return nil }
    return known.caller
  }

  func check(
    _ credentials: MCPServer.Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void
  ) {
    let moment = server.moment, shown = GrantedUses.Use(credentials)
    if let moment, let shown, let known = granted.caller(shown, at: moment) {
      credentials.notes.set(KnownCaller(moment, known), of: self)
      return then(.good(known))
    }
    guard server.concerns(credentials.fields) else {
      return then(.notMine(denial(.missing, credentials)))
    }
    guard !server.refusesAll else {
      var denial = AccessDenial(status: 403, "this account may not use the server")
      denial.fields = [:]
      return then(.bad(denial))
    }
    let use = TokenUse(
      fields: credentials.fields, method: credentials.method, path: credentials.path)
    switch server.check(use) {
    case .granted(let facts):
      let caller = caller(facts)
      if moment != nil, let shown, !facts.needsProof { granted.add(shown, caller) }
      then(.good(caller))
    case .denied(let reason): then(.bad(denial(reason, credentials)))
    }
  }

  /// The challenge for a caller of ours who lacks scopes; nil for callers with other credentials.
  func challenge(_ caller: Caller, _ denial: AccessDenial) -> HTTPFields? {
    guard let resource = caller.claims[Claim.resource] else { return nil }
    return server.challenge(
      .missingScopes(denial.scopes), needing: denial.scopes, resource: resource)
  }

  private func denial(
    _ reason: TokenDenial, _ credentials: MCPServer.Credentials
  ) -> AccessDenial {
    var denial = AccessDenial(
      status: reason.status, error: reason.challengeError, reason.sentence)
    denial.fields = server.challenge(
      reason, needing: [], resource: server.resource(at: credentials.path, credentials.fields))
    return denial
  }

  /// The same value for every call with a token, until who it names changes.
  private func caller(_ facts: TokenFacts) -> Caller {
    if let known = callers[facts.id], known.facts == facts { return known.caller }
    if callers.count >= Self.cacheLimit { callers = [:] }
    let caller = Caller(
      principal: facts.person?.id ?? facts.client, credential: facts.client,
      scopes: Set(facts.scopes.names), claims: Claim.all(facts))
    callers[facts.id] = (facts, caller)
    return caller
  }
}

/// What is known of a caller with an access token, by the words under which systems look for it.
enum Claim {
  static let resource = "resource"

  static func all(_ facts: TokenFacts) -> [String: String] {
    var claims = [resource: facts.resource, "client": facts.client]
    guard let person = facts.person else { return claims }
    claims["user"] = person.id
    claims["name"] = person.name
    claims["email"] = person.email
    claims["roles"] = person.roles.joined(separator: " ")
    claims["flags"] = person.flags.joined(separator: " ")
    return claims
  }
}

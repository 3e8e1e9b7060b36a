/// Which scopes are asked for, and why those.
struct ScopeChoice: Sendable, Hashable {
  var scopes: Scopes?
  var reason: String

  static let offline = "offline_access"

  /// The user's word, else the challenge's with what was asked for before, else all that the resource names, else none.
  init(
    given: Scopes?, challenge: AuthorizationChallenge?, before: Scopes?, at server: DiscoveredServer
  ) {
    if let given {
      scopes = given.isEmpty ? nil : given
      reason = given.isEmpty ? "no scopes, as was asked" : "the scopes were given"
      return
    }
    if let needed = challenge?.scopes {
      // A step up asks for everything again: some servers replace what was granted.
      let isStepUp = challenge?.meaning == .moreScope
      scopes = isStepUp ? before.map { $0.union(needed) } ?? needed : needed
      reason =
        isStepUp && before != nil
        ? "those asked for before and those of the challenge" : "those of the challenge"
    } else if let all = server.resourceScopes, !all.isEmpty {
      scopes = all
      reason = "all that the resource names"
    } else {
      scopes = nil
      reason = "nobody names any, so none are asked for"
    }
    settleOffline(at: server)
  }

  /// A refresh token is asked for only where the authorization server knows that scope.
  private mutating func settleOffline(at server: DiscoveredServer) {
    guard let current = scopes else { return }
    let isKnown = server.metadata.scopes?.contains(Self.offline) ?? false
    if isKnown, !current.contains(Self.offline) {
      scopes = current.union(Scopes([Self.offline]))
      reason += ", and \(Self.offline) for a refresh token"
    } else if !isKnown, current.contains(Self.offline) {
      scopes = current.subtracting(Scopes([Self.offline]))
      reason += ", without \(Self.offline), which the authorization server does not know"
    }
  }

  var asksOffline: Bool { scopes?.contains(Self.offline) ?? false }
}

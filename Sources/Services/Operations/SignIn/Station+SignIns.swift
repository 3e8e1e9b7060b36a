import Authorization
import EventLoop
import HTTPCore
package import Settings

// The sign-ins that are kept.
extension Station {
  /// All of them, the newest first.
  package func signIns() async throws(OperationFailure) -> [SignInFacts] {
    let desk = try await desk(for: nil)
    return try asking("sign-ins") { () throws(AuthorizationFailure) in
      try desk.store?.grants().map { SignInFacts($0, now: desk.now) } ?? []
    }
  }

  package func signIn(
    for definition: ServerDefinition
  ) async throws(OperationFailure) -> SignInFacts {
    let desk = try await desk(for: definition)
    return SignInFacts(try grant(for: definition, desk), now: desk.now)
  }

  /// New tokens, whether the old ones are used up or not.
  package func renewSignIn(
    to definition: ServerDefinition, step: @escaping @LoopActor (SignInStep) -> Void
  ) async throws(OperationFailure) -> SignInFacts {
    let desk = try await desk(for: definition)
    let grant = try grant(for: definition, desk)
    do throws(AuthorizationFailure) {
      let renewed = try await desk.renewed(grant) { step(SignInStep($0)) }
      return SignInFacts(renewed, now: desk.now)
    } catch {
      var failure = OperationFailure(error, target: TargetFacts(definition).label)
      failure.hint = error.isTransient ? failure.hint : Self.advice(definition)
      throw failure
    }
  }

  /// Has the authorization server void the tokens, and forgets them here; false where it offers no such thing.
  package func revokeSignIn(
    to definition: ServerDefinition, step: @escaping @LoopActor (SignInStep) -> Void
  ) async throws(OperationFailure) -> Bool {
    let desk = try await desk(for: definition)
    let grant = try grant(for: definition, desk)
    do throws(AuthorizationFailure) {
      let isRevoked = try await desk.revoke(grant) { step(SignInStep($0)) }
      if isRevoked { try desk.store?.remove(grant) }
      return isRevoked
    } catch {
      throw OperationFailure(error, target: TargetFacts(definition).label)
    }
  }

  /// Forgets the tokens here, and the registration too where that is asked. Nobody else is told.
  package func forgetSignIn(
    to definition: ServerDefinition, andClient: Bool
  ) async throws(OperationFailure) -> SignInFacts {
    let desk = try await desk(for: definition)
    let grant = try grant(for: definition, desk)
    try asking(TargetFacts(definition).label) { () throws(AuthorizationFailure) in
      try desk.store?.remove(grant)
      if andClient { try desk.store?.removeClient(at: grant.issuer) }
    }
    return SignInFacts(grant, now: desk.now)
  }

  private func grant(
    for definition: ServerDefinition, _ desk: AuthorizationDesk
  ) throws(OperationFailure) -> StoredGrant {
    let server = try address(of: definition)
    let label = TargetFacts(definition).label
    let found = try asking(label) { () throws(AuthorizationFailure) in
      try desk.store?.grant(for: server.resourceName)
    }
    guard let found else {
      throw OperationFailure(
        .unauthorized, layer: "auth", "\(label): nobody is signed in there",
        hint: Self.advice(definition))
    }
    return found
  }

  static func advice(_ definition: ServerDefinition) -> String {
    "alidade auth login \(ShellWords.join([TargetFacts(definition).label]))"
  }

  func asking<Value>(
    _ label: String, _ body: () throws(AuthorizationFailure) -> Value
  ) throws(OperationFailure) -> Value {
    do throws(AuthorizationFailure) { return try body() } catch {
      throw OperationFailure(error, target: label)
    }
  }
}

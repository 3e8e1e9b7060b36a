import Authorization
import EventLoop
import HTTPCore
import MCPClient
import SafeText
import Settings

/// The kept sign-in of one connection: sends its token to its server and nowhere else, renews it, and says what to do
/// where that does not help.
@LoopActor
final class Credentials {
  private let server: WebURL
  private let desk: AuthorizationDesk?
  private let login: String
  /// The `Authorization` header that the user gave, which wins over any sign-in.
  private let given: String?
  /// Whether a key stands in a header of its own.
  private let hasKey: Bool
  private var grant: StoredGrant?
  /// The token that was renewed last and has not been refused since.
  private var renewedToken: Secret?
  /// Signs in anew where the user has given leave to.
  var signIn: SignInAnew?
  /// Whether it also does where a call wants more scopes.
  var stepsUp = true
  private var signIns = 0
  private var freshRefusals = 0
  /// Why the token could not be renewed before it was used up.
  private var lastFailure: AuthorizationFailure?
  /// The key that the tokens are bound to, with the token it was last shown for.
  private var bound: (token: Secret, key: ProofKey?)?
  /// Where it is noted which scopes a tool wanted.
  var notes: ScopeNotes?

  init(
    server: WebURL, grant: StoredGrant?, headers: [NamedValue], login: String,
    desk: AuthorizationDesk?
  ) {
    self.server = server
    self.grant = grant
    given = headers.header("Authorization")
    hasKey = headers.contains { SecretNames.isKey(header: $0.name) }
    self.login = login
    self.desk = desk
  }

  typealias SignInAnew =
    @LoopActor (AuthorizationChallenge, StoredGrant?) async throws(AuthorizationFailure) ->
    StoredGrant

  var mayHaveToken: Bool { given == nil && (grant != nil || signIn != nil) }

  /// Said aloud where both a header and a sign-in are there.
  var precedence: String? {
    guard given != nil, let grant else { return nil }
    return
      "the Authorization header that was given is sent; the sign-in at \(grant.issuer) is left aside"
  }

  func fields(_ method: String, for url: WebURL) async -> HTTPFields {
    guard url.isSameOrigin(as: server), given == nil, var current = grant else { return [:] }
    if let desk, current.tokens.isStale(at: desk.now), current.isRenewable {
      do throws(AuthorizationFailure) {
        current = try await desk.renewed(current) { _ in }
        grant = current
        lastFailure = nil
      } catch {
        // The server has the last word on the old one; why there is no new one is told if it refuses.
        lastFailure = error
      }
    }
    guard let desk else { return ["Authorization": current.tokens.header] }
    do throws(AuthorizationFailure) {
      return try desk.fields(showing: current.tokens, with: key(of: current, desk), method, url)
    } catch {
      // Without its proof a bound token is worth nothing, and is not to be seen.
      lastFailure = error
      return [:]
    }
  }

  private func key(of grant: StoredGrant, _ desk: AuthorizationDesk) -> ProofKey? {
    if let bound, bound.token == grant.tokens.access { return bound.key }
    let key = grant.key(desk.crypto)
    bound = (grant.tokens.access, key)
    return key
  }

  // MARK: - Refusals

  /// Nil where there is nothing to meet a refusal with: then it is told as it came.
  var authorizing: ConnectionPlan.Authorize? {
    guard given != nil || hasKey || grant != nil || signIn != nil else { return nil }
    return { [self] challenge async throws(ClientError) in try await authorize(challenge) }
  }

  /// Returns where the request may be made again.
  func authorize(_ challenge: NegotiationChallenge) async throws(ClientError) {
    let read = AuthorizationChallenge(status: challenge.status, fields: challenge.headers)
    notes?.note(read, of: challenge.tool)
    do throws(AuthorizationFailure) {
      try await meet(read)
    } catch {
      if case .signInNeeded = error { throw ClientError(.signInRequired(challenge)) }
      throw ClientError(.signInFailed(refusal(error)))
    }
  }

  private func meet(_ challenge: AuthorizationChallenge) async throws(AuthorizationFailure) {
    if let given { throw refusal(of: given, challenge) }
    guard grant != nil || signIn != nil else {
      throw hasKey && challenge.meaning == .moreScope
        ? .headerLacksScope(challenge.scopes) : .signInNeeded
    }
    switch challenge.meaning {
    case .forbidden: throw .forbidden(status: challenge.status, words: challenge.error?.words)
    case .moreScope: try await stepUp(challenge)
    case .nonce where desk?.note(nonce: challenge.nonce, from: server) == true: break
    case .signIn, .invalidToken, .nonce: try await renew(challenge)
    }
  }

  private func refusal(
    of header: String, _ challenge: AuthorizationChallenge
  ) -> AuthorizationFailure {
    switch challenge.meaning {
    case .forbidden: .forbidden(status: challenge.status, words: challenge.error?.words)
    case .moreScope: .headerLacksScope(challenge.scopes)
    case .signIn, .invalidToken, .nonce:
      .headerRefused(status: challenge.status, shape: HeaderShape.words(header))
    }
  }

  private func renew(_ challenge: AuthorizationChallenge) async throws(AuthorizationFailure) {
    guard let grant, let desk else { return try await anew(challenge, or: .signInNeeded) }
    // One that was renewed just now and is refused will be refused again.
    if renewedToken == grant.tokens.access {
      if !grant.tokens.isStale(at: desk.now) { freshRefusals += 1 }
      guard freshRefusals < Self.freshRefusalLimit else { throw stillRefused(challenge) }
      return try await anew(challenge, or: stillRefused(challenge))
    }
    if let lastFailure { throw lastFailure }
    guard grant.isRenewable else {
      let isUsedUp = grant.tokens.isStale(at: desk.now)
      return try await anew(
        challenge, or: isUsedUp ? .noRefreshToken : stillRefused(challenge))
    }
    do throws(AuthorizationFailure) {
      let renewed = try await desk.renewed(grant) { _ in }
      self.grant = renewed
      renewedToken = renewed.tokens.access
    } catch {
      guard !error.isTransient else { throw error }
      try await anew(challenge, or: error)
    }
  }

  private func stillRefused(_ challenge: AuthorizationChallenge) -> AuthorizationFailure {
    .stillRefused(status: challenge.status, challenge.error)
  }

  /// A client that signs in for itself can ask for more at once; a user has to be asked.
  private func stepUp(_ challenge: AuthorizationChallenge) async throws(AuthorizationFailure) {
    guard var grant, let desk else { return try await anew(challenge, or: .signInNeeded) }
    let before = grant.requested ?? grant.tokens.scopes ?? Scopes()
    let needed = before.union(challenge.scopes ?? Scopes())
    let short = AuthorizationFailure.scopeStillShort(
      needed: needed, granted: grant.tokens.scopes ?? Scopes())
    // Asking for the same again would give the same again.
    guard needed != grant.requested else { throw short }
    guard grant.needsNoUser else {
      guard stepsUp else { throw short }
      return try await anew(challenge, or: short)
    }
    grant.requested = needed
    self.grant = try await desk.renewed(grant) { _ in }
  }

  private static let signInLimit = 3
  /// A second new token that is refused as well says that the next would be, too.
  private static let freshRefusalLimit = 2

  private func anew(
    _ challenge: AuthorizationChallenge, or failure: AuthorizationFailure
  ) async throws(AuthorizationFailure) {
    guard let signIn, signIns < Self.signInLimit else { throw failure }
    signIns += 1
    let made = try await signIn(challenge, grant)
    grant = made
    renewedToken = made.tokens.access
    lastFailure = nil
  }

  // MARK: - Words

  private func refusal(_ failure: AuthorizationFailure) -> SignInRefusal {
    SignInRefusal(
      sentence: failure.sentence, advice: advice(on: failure), code: failure.code,
      isOutage: failure.isTransient)
  }

  private func advice(on failure: AuthorizationFailure) -> String? {
    switch failure {
    case .scopeStillShort(let needed, _): "\(login) \(ShellWords.join(["--scope", needed.text]))"
    case .noRefreshToken: login
    // Revoked, or never good: a new sign-in tells which.
    case .stillRefused: [login, failure.advice].compactMap(\.self).joined(separator: "; or ")
    case .tokenRefused where !failure.isTransient: login
    default: failure.advice
    }
  }
}

/// The form of a header's value that does not work, without its secret.
private enum HeaderShape {
  static func words(_ value: String) -> String {
    let parts = value.split(separator: " ", omittingEmptySubsequences: false)
    var oddities: [String] = []
    if parts.count > 2, parts[0].lowercased() == parts[1].lowercased() {
      oddities.append("“\(parts[0])” stands twice")
    } else if parts.count == 1 {
      oddities.append("no scheme such as Bearer")
    } else if parts.count > 2 {
      oddities.append("it holds blanks")
    }
    if value.contains("\"") || value.contains("'") { oddities.append("it holds quotes") }
    if value.contains("${") { oddities.append("a variable in it was not filled in") }
    let shape = parts.count > 1 ? "\(parts[0]) \(Secret.mask)" : Secret.mask
    return oddities.isEmpty ? shape : "\(shape), \(oddities.joined(separator: ", "))"
  }
}

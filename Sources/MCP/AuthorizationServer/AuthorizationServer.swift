import Crypto
import Database
package import EventLoop
package import Faults
package import HTTP
package import HTTPCore
import JSON

/// The authorization server of one system: documents, registration, consent, tokens, and their checking.
@LoopActor
package final class AuthorizationServer {
  package var settings: AuthorizationSettings { didSet { bases = [:] } }
  let store: AuthorizationStore
  let mirror: StoreMirror<IssuerState>
  let crypto: CryptoLibrary
  let clock: any LoopClock
  let faults: FaultBoard
  let surroundings: AuthorizationSurroundings
  let keys: SigningKeys
  let proofs: ProofOfPossession
  var assertions = ReplayGuard()
  /// Tokens whose signature was looked at.
  var believedTokens: [String: BelievedToken] = [:]
  /// What `base(_:)` made of each host that requests named.
  private var bases: [String: String] = [:]
  /// The people as they were in that second; roles may change while it runs.
  private var people: (second: Int64, all: [String: Person]) = (.min, [:])
  var documents: [String: FetchedClient] = [:]
  var trustedKeys: [String: TrustedKeys] = [:]

  package init(
    _ settings: AuthorizationSettings, store: AuthorizationStore, path: String?,
    clock: any LoopClock, faults: FaultBoard = FaultBoard(AuthorizationFault.all),
    surroundings: AuthorizationSurroundings
  ) async throws(AuthorizationStoreError) {
    do throws(CryptoError) { crypto = try .load() } catch { throw .noCrypto(error.description) }
    self.settings = settings
    self.store = store
    self.clock = clock
    self.faults = faults
    self.surroundings = surroundings
    keys = SigningKeys(crypto)
    proofs = ProofOfPossession(crypto, clock: clock)
    try await store.prepare(settings.system, crypto, at: clock.wallTime)
    try await store.purge(at: clock.wallTime)
    let read = IssuerState.read(settings.system)
    do throws(DatabaseError) {
      if let path {
        mirror = try StoreMirror(
          sqlite: path, migrations: AuthorizationSchema.migrations, read: read)
      } else {
        mirror = try await StoreMirror(polling: store.database, clock: clock, read: read)
      }
    } catch { throw .store(error) }
  }

  package func close() async {
    mirror.close()
    await store.close()
  }

  func person(_ id: String) -> Person? { settings.people().first { $0.id == id } }

  /// The same for every call with a token: not older than a second.
  func knownPerson(_ id: String) -> Person? {
    let second = clock.seconds
    if people.second != second {
      people = (second, Dictionary(settings.people().map { ($0.id, $0) }) { first, _ in first })
    }
    return people.all[id]
  }

  func state() throws(Refusal) -> IssuerState {
    guard let state = mirror.value else { throw Self.storeFailure }
    return state
  }

  static let storeFailure = Refusal(
    .temporarilyUnavailable, "the store cannot be read just now", status: 503,
    fields: ["Retry-After": "1"])

  /// What the store says, or the answer for when it says nothing.
  func kept<Value: Sendable>(
    _ work: @LoopActor () async throws(AuthorizationStoreError) -> Value
  ) async throws(Refusal) -> Value {
    do throws(AuthorizationStoreError) { return try await work() } catch {
      throw Self.storeFailure
    }
  }

  // MARK: - Requests

  /// The rows under which a server finds it, those of its resources' documents among them.
  package var routes: [HTTPRoute] {
    Route.all.flatMap { route in paths(route).map { httpRoute(route, $0) } }
  }

  private func paths(_ route: Route) -> [String] {
    guard route.path == WellKnownPath.resource else { return [route.path] }
    return [route.path] + settings.endpoints.map { route.path + $0.text }
  }

  private func httpRoute(_ route: Route, _ path: String) -> HTTPRoute {
    HTTPRoute(route.methods, path, readers: route.isOpen ? .anyPage : .ownPages) {
      [self] request, responder in
      Task { @LoopActor in
        let answer = await answer(request, route)
        responder.respond(status: answer.status, headers: answer.fields, body: answer.body)
      }
    }
  }

  private static let bodyLimit = 65_536

  func answer(_ request: HTTPServerRequest, _ route: Route) async -> WebAnswer {
    guard request.body.count <= Self.bodyLimit else {
      return .text("That is too long.", status: 413)
    }
    let call = WebCall(request, base: base(request.headers))
    if let spoiled = spoiled(call) { return spoiled }
    do throws(Refusal) { return try await route.work(self, call) } catch {
      return .refusal(error)
    }
  }

  private static let baseLimit = 64

  /// The issuer for a request with these fields. Hosts are few, and reading one takes longer than the rest of a check.
  package func base(_ fields: HTTPFields) -> String {
    guard settings.names.fixed == nil, let host = fields["Host"] else {
      return settings.names.base(fields)
    }
    if let known = bases[host] { return known }
    let base = settings.names.base(fields)
    if bases.count >= Self.baseLimit { bases = [:] }
    bases[host] = base
    return base
  }
}

import Audit
import Authorization
import AuthorizationServer
import EventLoop
import Faults
import HTTP
import HTTPCore
import Keys
import MCPProtocol
import MCPServer
import MockCatalogs

// The authorization server beside a served system.
extension AuthorizationSettings {
  /// Where it listens is told later, once that is known.
  @LoopActor
  init(_ wish: ServeWish, _ own: AuthorizationWish, _ served: ServedCatalog) {
    let catalog = served.catalog
    var endpoint = EndpointSettings()
    endpoint.hasLegacyStream = wish.hasLegacyStream
    self.init(
      system: wish.system, title: catalog.info.title ?? catalog.info.name,
      endpoints: served.plan?.paths ?? endpoint.paths, names: OwnNames(listening: ""))
    addLegacy(endpoint.legacyPaths)
    consent = own.consent
    person = own.person
    trusted = own.trusted
    accessLife = own.accessLife ?? accessLife
    scopes = Self.rows(catalog)
    if let known = served.people { people = known }
  }

  /// What scopes mean is told by the tools that need them, where the house has no words for them.
  private static func rows(_ catalog: Catalog) -> [ScopeRow] {
    var tools: [String: [String]] = [:]
    var names: [String] = []
    for tool in catalog.tools {
      for scope in tool.scopes {
        if tools[scope] == nil { names.append(scope) }
        tools[scope, default: []].append(tool.name)
      }
    }
    guard !names.isEmpty else { return [ScopeRow("mcp", "call the tools of this server")] }
    return names.sorted().map { name in
      let sentence = words[name] ?? "call \(listed(tools[name] ?? []))"
      return ScopeRow(name, sentence)
    }
  }

  private static let words = [
    "read": "read what you can read", "write": "create and change things in your name",
    "lumos:user:read": "View your access requests in the App Store.",
    "lumos:user:write": "Submit access requests on your behalf.",
  ]

  private static func listed(_ tools: [String]) -> String {
    let shown = tools.prefix(4)
    let rest = tools.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more tools" : "")
  }
}

extension OwnNames {
  @LoopActor
  init(_ listener: HTTPServer, _ front: ServingFront, _ wish: ServeWish, isLoopback: Bool) {
    self.init(listening: listener.addresses.first ?? "localhost")
    fixed = front.publicOrigin?.description
    scheme = front.scheme
    hosts = wish.hosts
    self.isLoopback = isLoopback
  }
}

extension ServingRecords {
  static func authorization(
    _ wish: ServeWish, _ served: ServedCatalog, _ records: Records?, _ log: AuditLog,
    _ faults: FaultBoard
  ) async throws(RecordsError) -> AuthorizationServer? {
    guard let own = wish.authorization else { return nil }
    let fetcher = DocumentFetcher(refusesPrivate: wish.isExposed)
    return try await Records.authorizationServer(
      of: records, AuthorizationSettings(wish, own, served), faults: faults,
      surroundings: AuthorizationSurroundings(
        fetch: { await fetcher.fetch($0) }, ask: own.ask, note: { log.note($0) }))
  }

  /// Keys are looked for first: what shows nothing at all is told of the tokens it could get.
  static func gate(
    _ checker: KeyChecker?, _ server: AuthorizationServer?, _ served: ServedCatalog,
    _ log: AuditLog
  ) -> CredentialGate? {
    var checks: [any CredentialCheck] = checker.map { [served.admitting(KeyCheck($0))] } ?? []
    let tokens = server.map(TokenCheck.init)
    if let tokens { checks.append(served.admitting(tokens)) }
    guard !checks.isEmpty else { return nil }
    let gate = CredentialGate(
      checks, words: served.plan?.scopeWords ?? CredentialGate.plainWords,
      refused: { log.refused($0, $1) })
    gate.challengeWords = { tokens?.challenge($0, $1) }
    return gate
  }
}

/// Fetches what clients and issuers name: their documents and keys.
@LoopActor
final class DocumentFetcher {
  private let http: HTTPClient
  /// A server that only this machine reaches may look at documents on this machine.
  private let refusesPrivate: Bool
  private static let sizeLimit = 65_536

  init(refusesPrivate: Bool) {
    http = HTTPClient(clock: LoopActor.loop.clock)
    self.refusesPrivate = refusesPrivate
  }

  /// Redirects are not followed: the address is who the client says it is.
  func fetch(_ url: WebURL) async -> AuthorizationAnswer? {
    guard url.isHTTP, url.isSecure || url.isLoopback, !(refusesPrivate && url.isLoopback),
      !(refusesPrivate && url.isPrivateAddress)
    else { return nil }
    var options = HTTPRequestOptions()
    options.limits = HTTPLimits(
      connect: .seconds(5), idle: .seconds(5), total: .seconds(10), bodySize: Self.sizeLimit)
    options.refusesPrivateAddresses = refusesPrivate
    let exchange = http.send(
      HTTPRequest("GET", url, fields: ["Accept": "application/json"], options: options))
    do throws(HTTPError) {
      let head = try await exchange.head()
      let body = try await exchange.body()
      return AuthorizationAnswer(status: head.status, fields: head.fields, body: body)
    } catch { return nil }
  }
}

extension AuditLog {
  /// What happened at the authorization server; nothing waits for it.
  func note(_ event: AuthorizationEvent) {
    var entry = AuditEvent(
      at: LoopActor.loop.clock.wallTime, kind: AuditEvent.Kind(rawValue: event.kind.rawValue),
      principal: event.person, system: system, tool: event.kind.rawValue,
      outcome: event.kind.isRefusal ? .denied : .ok)
    entry.credential = event.client
    entry.detail = [event.scopes.text, event.detail].filter { !$0.isEmpty }
      .joined(separator: "; ")
    write(entry)
  }
}

extension AuthorizationEvent.Kind {
  fileprivate var isRefusal: Bool {
    switch self {
    case .consentRefused, .tokenRefused, .reused: true
    case .clientRegistered, .consentGiven, .tokenIssued, .revoked: false
    }
  }
}

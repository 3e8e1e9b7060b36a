import AuthorizationServer
import EventLoop
import Glibc
import HTTP
import HTTPCore
import JSON
import MCPServer
import MockCatalogs
import Sessions

/// How a served system looks from outside.
struct ServingFront: Sendable {
  /// Where clients reach it, where that is told.
  let publicOrigin: Origin?
  /// Who it is over TLS; plain HTTP without it.
  let identity: TLSIdentity?
  /// Where the other servers of a shared store reach it, where that is told.
  private let peerOrigin: Origin?

  init(_ wish: ServeWish) throws(OperationFailure) {
    publicOrigin = try wish.publicURL.map { (text) throws(OperationFailure) in
      try Self.origin(text)
    }
    peerOrigin = try wish.peerURL.map { (text) throws(OperationFailure) in try Self.origin(text) }
    do throws(TLSIdentityError) {
      identity = try wish.tls.map { (files) throws(TLSIdentityError) in
        try TLSIdentity(certificate: files.certificate, key: files.key)
      }
    } catch { throw OperationFailure(.usage, layer: "config", error.description) }
  }

  private static func origin(_ text: String) throws(OperationFailure) -> Origin {
    do throws(WebURLError) {
      let url = try WebURL(text)
      if url.isHTTP, url.path == "/" || url.path.isEmpty, url.query == nil, !url.hasUserinfo,
        let origin = url.origin
      {
        return origin
      }
    } catch {
      throw OperationFailure(.usage, layer: "config", "'\(text)' is no URL: \(error)")
    }
    throw OperationFailure(
      .usage, layer: "config", "'\(text)' is not the beginning of a URL",
      hint: "write https://HOST or https://HOST:PORT")
  }

  var scheme: String { identity == nil ? "http" : "https" }

  /// Where other servers reach it: by the machine's name where it listens everywhere.
  @LoopActor
  func peerAddress(_ listener: HTTPServer) -> String {
    if let peerOrigin { return peerOrigin.description }
    let first = listener.addresses.first ?? ""
    let isAnywhere = first.hasPrefix("0.0.0.0:") || first.hasPrefix("[::]:")
    return "\(scheme)://\(isAnywhere ? "\(Self.hostName):\(listener.port)" : first)"
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The address in front of every path, for a client that asked under that name.
  func base(asked host: String?) -> String {
    publicOrigin?.description ?? "\(scheme)://\(host ?? "localhost")"
  }
}

extension Serving {
  /// The routes of a system over HTTP: its endpoint, and what stands beside it.
  func router(
    for address: ListenAddress, _ endpoint: HTTPEndpoint,
    _ server: @escaping @LoopActor @Sendable () -> HTTPServer?
  ) -> HTTPRouter {
    let router = HTTPRouter(origins(for: address))
    router.add(door.guarding(endpoint.routes))
    router.add(hints)
    router.add(pages(endpoint).routes(of: server))
    if let authorization = records.authorization { router.add(authorization.routes) }
    return router
  }

  /// What stands at paths that people take for the endpoint.
  private var hints: [HTTPRoute] {
    (served.plan?.hints ?? []).map { hint in
      HTTPRoute(["GET", "POST"], hint.path) { request, responder in
        let json: JSON = [
          "jsonrpc": "2.0", "id": .null,
          "error": ["code": -32600, "message": .string(hint.sentence)],
        ]
        responder.respond(
          status: hint.status, headers: ["Content-Type": "application/json"],
          body: json.compactBytes)
      }
    }
  }

  private func pages(_ endpoint: HTTPEndpoint) -> ServicePages {
    let facts = ServiceFacts(
      system: wish.system, program: wish.program, info: served.catalog.info,
      endpoint: endpoint.path,
      front: front,
      hasLegacyStream: wish.hasLegacyStream, needsKey: wish.needsKey,
      tokenScopes: records.authorization?.settings.scopes.map(\.name),
      tools: served.catalog.tools.map { ($0.name, $0.scopes) }, startedAt: LoopActor.loop.clock.now)
    return ServicePages(facts: facts, tally: records.tally, clock: LoopActor.loop.clock)
  }

  /// Lets the servers of one store find each other's sessions; nil where there is no such store.
  func share(_ endpoint: HTTPEndpoint, _ listener: HTTPServer) -> RequestRelay? {
    guard let store = records.sessions else { return nil }
    let relay = RequestRelay(authorities: wish.tls?.certificate)
    let home = SessionHome(
      name: ServerSurroundings.randomToken(), address: front.peerAddress(listener))
    endpoint.directory = SharedSessions(
      store, system: wish.system, own: home, life: endpoint.sessionIdle, relay: relay,
      clock: LoopActor.loop.clock)
    return relay
  }

  func settings(for address: ListenAddress) -> EndpointSettings {
    var settings = EndpointSettings()
    settings.hasLegacyStream = wish.hasLegacyStream
    settings.origins = origins(for: address)
    if let plan = served.plan {
      settings.paths = plan.paths
      settings.pushes = plan.pushes
    }
    return settings
  }

  private func origins(for address: ListenAddress) -> OriginRule {
    var rule = OriginRule()
    rule.isLoopback = address.isLoopback
    rule.hosts = wish.hosts
    rule.origins = wish.origins
    if let own = front.publicOrigin {
      rule.origins.append(own.description)
      rule.hosts.append(own.host)
    }
    return rule
  }
}

extension Serving {
  /// Where callers reach the system, with the first workspace where the path names one.
  package var openAddresses: [String] {
    addresses.map { $0.replacing(":workspaceId", with: "northwind") }
  }

  var demoAddress: String { openAddresses.first ?? "" }

  /// What a caller shows besides its key, with values that do.
  package var callerHeaders: [(String, String)] {
    wish.system == "allv" ? [("x-allv-user-email", served.firstMember)] : []
  }
}

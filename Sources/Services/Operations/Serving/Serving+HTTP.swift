import EventLoop
import HTTP
import HTTPCore
import MCPServer

/// How a served system looks from outside.
struct ServingFront: Sendable {
  /// Where clients reach it, where that is told.
  let publicOrigin: Origin?
  /// Who it is over TLS; plain HTTP without it.
  let identity: TLSIdentity?

  init(_ wish: ServeWish) throws(OperationFailure) {
    publicOrigin = try wish.publicURL.map { (text) throws(OperationFailure) in
      try Self.origin(text)
    }
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
    router.add(endpoint.routes)
    router.add(pages(endpoint).routes(of: server))
    return router
  }

  private func pages(_ endpoint: HTTPEndpoint) -> ServicePages {
    let facts = ServiceFacts(
      system: wish.system, program: wish.program, info: catalog.info, endpoint: endpoint.path,
      front: front,
      hasLegacyStream: wish.hasLegacyStream, needsKey: wish.needsKey,
      tools: catalog.tools.map { ($0.name, $0.scopes) }, startedAt: LoopActor.loop.clock.now)
    return ServicePages(facts: facts, tally: records.tally, clock: LoopActor.loop.clock)
  }

  func settings(for address: ListenAddress) -> EndpointSettings {
    var settings = EndpointSettings()
    settings.hasLegacyStream = wish.hasLegacyStream
    settings.origins = origins(for: address)
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

import HTTPCore
import JSON

// What the resource says about itself.
extension Discovery {
  mutating func beginResource() {
    var places: [WellKnown.Place] = []
    if let named = question.challenge?.resourceMetadata {
      do {
        let url = try question.server.resolving(named)
        places.append(WellKnown.Place(url: url, reason: "named in the challenge"))
      } catch {
        evidence.append(
          AuthorizationEvidence(
            .resourceMetadata, url: named, decision: "not asked: \(error.sentence)"))
      }
    }
    for place in WellKnown.resource(question.server)
    where !places.contains(where: { $0.url == place.url }) {
      places.append(place)
    }
    phase = .resource
    search = Search(places)
    _ = fetchNext()
  }

  mutating func readResource(
    _ json: JSON, _ request: AuthorizationRequest, _ answer: AuthorizationAnswer
  ) {
    var metadata = ResourceMetadata(json)
    switch match(metadata) {
    case .same: break
    case .slash: metadata.issues.append("resource differs from the address by a slash")
    case .overruled: metadata.issues.append("resource is another than the one given by --resource")
    case .other(let advertised):
      note(request, .success(answer), metadata.findings, "for another resource; stopped")
      return fail(
        .resourceMismatch(server: question.server.resourceName, advertised: advertised))
    }
    resource = metadata
    if question.stopsAtResource { return fail(.signInNeeded) }
    let servers = question.issuer.map { [$0] } ?? preferred(metadata.authorizationServers)
    guard let first = servers.first else {
      note(request, .success(answer), metadata.findings, "names no authorization server; stopped")
      return fail(.noServersNamed(url: request.url.text))
    }
    note(request, .success(answer), metadata.findings, decision(servers))
    beginServer(first, next: Array(servers.prefix(Self.serverLimit).dropFirst()))
  }

  private func decision(_ servers: [String]) -> String {
    if question.issuer != nil { return "the authorization server was given: \(servers[0])" }
    return servers.count == 1
      ? "the authorization server is \(servers[0])"
      : "\(servers.count) authorization servers; \(servers[0]) is tried first"
  }

  /// Those we hold credentials for come first.
  private func preferred(_ servers: [String]) -> [String] {
    let known = servers.filter(question.knownIssuers.contains)
    return known + servers.filter { !known.contains($0) }
  }

  mutating func resourceIsMissing() {
    if question.stopsAtResource { return fail(.signInNeeded) }
    if let issuer = question.issuer { return beginServer(issuer, next: []) }
    let origin = question.server.origin?.description ?? question.server.text
    evidence.append(
      AuthorizationEvidence(
        .resourceMetadata, decision: "none; the server may be its own authorization server"))
    beginServer(origin, next: [])
  }

  // MARK: - Is it for this server?

  enum Match {
    case same
    case slash
    case overruled
    case other(String)
  }

  private func match(_ metadata: ResourceMetadata) -> Match {
    guard let advertised = metadata.resource else { return .same }
    if let given = question.resource { return given == advertised ? .same : .overruled }
    let own = question.server.resourceName
    if advertised == own { return .same }
    let url: WebURL
    do { url = try WebURL(advertised) } catch { return .other(advertised) }
    guard url.isSameOrigin(as: question.server), Self.covers(url.path, question.server.path) else {
      return .other(advertised)
    }
    return advertised == own + "/" ? .slash : .same
  }

  /// Whether a path is the other one or a folder above it.
  private static func covers(_ outer: String, _ inner: String) -> Bool {
    let outer = outer.hasSuffix("/") ? outer : outer + "/"
    let inner = inner.hasSuffix("/") ? inner : inner + "/"
    return inner.hasPrefix(outer)
  }
}

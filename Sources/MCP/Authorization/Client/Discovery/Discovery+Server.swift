import HTTPCore
import JSON

// What the authorization server says about itself.
extension Discovery {
  mutating func beginServer(_ issuer: String, next: [String]) {
    phase = .server(issuer, next: next)
    let url: WebURL
    do { url = try WebURL(issuer) } catch {
      return giveUp(.badAddress(url: issuer, what: "the issuer"), next)
    }
    guard url.query == nil, url.fragment == nil else {
      return giveUp(.issuerHasQuery(issuer), next)
    }
    search = Search(WellKnown.server(url))
    _ = fetchNext()
  }

  mutating func readServer(
    _ json: JSON, _ issuer: String, _ next: [String], _ request: AuthorizationRequest,
    _ answer: AuthorizationAnswer
  ) {
    var metadata = ServerMetadata(json)
    if let failure = issuerFailure(metadata, issuer) {
      let isKnown = metadata.issuer != nil && metadata.issuer == question.acceptedIssuer
      guard question.acceptsIssuerMismatch || isKnown else {
        note(request, .success(answer), metadata.findings, "another issuer; not used")
        return giveUp(failure, next)
      }
      metadata.issues.append("issuer is another than “\(issuer)”; taken all the same, as was asked")
    }
    for (_, url) in metadata.endpoints.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if let failure = failure(at: url) {
        note(request, .success(answer), metadata.findings, "not used: \(failure.sentence)")
        return giveUp(failure, next)
      }
    }
    metadata.issues += foreignHosts(metadata, issuer)
    note(request, .success(answer), metadata.findings, "the authorization server is known")
    found(metadata, issuer)
  }

  mutating func serverIsMissing(_ issuer: String, _ next: [String]) {
    guard isOwnServer else {
      return giveUp(.noServerMetadata(issuer: issuer, tried: search.tried), next)
    }
    evidence.append(
      AuthorizationEvidence(
        .serverMetadata,
        decision: "none; /authorize, /token and /register at \(issuer) are assumed"))
    found(ServerMetadata.assumed(at: question.server), issuer, isAssumed: true)
  }

  private mutating func found(
    _ metadata: ServerMetadata, _ issuer: String, isAssumed: Bool = false
  ) {
    step = .found(
      DiscoveredServer(
        issuer: issuer, metadata: metadata,
        resource: question.resource ?? resource?.resource ?? question.server.resourceName,
        resourceScopes: resource?.scopes, requiresDPoP: resource?.requiresDPoP ?? false,
        isOwnServer: isOwnServer, isAssumed: isAssumed,
        acceptedIssuer: issuerFailure(metadata, issuer) == nil ? nil : metadata.issuer))
  }

  /// Byte for byte; where the server is its own, the origin has to do.
  private func issuerFailure(
    _ metadata: ServerMetadata, _ issuer: String
  ) -> AuthorizationFailure? {
    if metadata.issuer == issuer { return nil }
    let mismatch = AuthorizationFailure.issuerMismatch(expected: issuer, found: metadata.issuer)
    guard isOwnServer else { return mismatch }
    guard let named = metadata.issuer else { return nil }
    do {
      return try WebURL(named).isSameOrigin(as: question.server) ? nil : mismatch
    } catch {
      return mismatch
    }
  }

  private func foreignHosts(_ metadata: ServerMetadata, _ issuer: String) -> [String] {
    let home: String?
    do { home = try WebURL(issuer).host } catch { return [] }
    return ServerMetadata.Endpoint.allCases.compactMap { endpoint in
      guard let host = metadata[endpoint]?.host, host != home else { return nil }
      return "\(endpoint.rawValue) is on another host, \(host)"
    }
  }

  /// This one is of no use; the resource may name others.
  mutating func giveUp(_ failure: AuthorizationFailure, _ next: [String]) {
    firstFailure = firstFailure ?? failure
    guard let following = next.first else { return fail(firstFailure ?? failure) }
    evidence.append(
      AuthorizationEvidence(
        .serverMetadata, decision: "\(failure.sentence); \(following) is tried next"))
    beginServer(following, next: Array(next.dropFirst()))
  }
}

import Authorization
import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

// The token endpoint.
extension AuthorizationServer {
  func token(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    do throws(Refusal) {
      let answer = try await granted(call)
      return spoiledToken(answer)
    } catch {
      tell(
        .tokenRefused, client: call.form["client_id"] ?? "",
        detail: "\(error.code.rawValue): \(error.text)")
      throw error
    }
  }

  private func granted(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    if let name = call.form.repeated {
      throw Refusal(.invalidRequest, "\(name) stands there twice")
    }
    guard let name = call.form["grant_type"] else {
      throw Refusal(.invalidRequest, "grant_type is missing, or the body is no form")
    }
    guard let row = GrantRow.all.first(where: { $0.name == name }), !faults.hides(name) else {
      throw Refusal(.unsupportedGrantType, "the grant type \(name) is not offered here")
    }
    if faults.has(.targetRefused), call.form["resource"] != nil {
      throw Refusal(.invalidTarget, "resource is not taken here")
    }
    return try await row.work(self, call, try await sender(call, row))
  }

  /// An assertion of another issuer can speak for a workload that is no client.
  private func sender(
    _ call: WebCall, _ row: GrantRow
  ) async throws(Refusal) -> StoredClient {
    let isNameless =
      call.form["client_id"] == nil && call.form["client_assertion"] == nil
      && call.request.headers["Authorization"] == nil
    guard row.name == GrantRow.assertion, isNameless else {
      let client = try await authenticated(call)
      guard row.admits(client) else { throw Self.notFor(row, client) }
      return client
    }
    return StoredClient(
      system: settings.system, id: "", metadata: ClientMetadata(known: [:]), secret: nil,
      origin: .document, createdAt: clock.wallTime)
  }

  private static func notFor(_ row: GrantRow, _ client: StoredClient) -> Refusal {
    let isGuest = row.users == .madeForIt && client.origin != .made
    return Refusal(
      .unauthorizedClient,
      isGuest
        ? "\(row.name) is for clients that were made by who runs this server"
        : "the client is not registered for \(row.name)")
  }

  // MARK: - What the grants share

  /// The thumbprint that tokens are bound to; nil where the client sends no proof.
  func thumbprint(_ call: WebCall) throws(Refusal) -> String? {
    let seal = faults.has(.needsNonce) ? try state().seal : nil
    return try proofs.check(
      call.request.headers,
      ProofOfPossession.Occasion(method: call.request.method, url: call.url, nonceSeal: seal))
  }

  /// The resource a client means, in its one spelling; nil for one that is none of ours.
  func ownResource(_ text: String, _ base: String) -> String? {
    do {
      let url = try WebURL(text)
      guard url.fragment == nil, url.query == nil, !url.hasUserinfo,
        let origin = url.origin?.description, origin == base
      else { return nil }
      var path = url.path[...]
      while path.hasSuffix("/") { path = path.dropLast() }
      if path.isEmpty { return base }
      return settings.endpoints.contains { $0.matches(path) } ? base + path : nil
    } catch { return nil }
  }

  /// All the resources a request names must be ours; the first is what the token is for.
  func resource(_ named: [String], _ base: String) throws(Refusal) -> String? {
    var found: String?
    for text in named {
      guard let own = ownResource(text, base) else {
        throw Refusal(.invalidTarget, "the resource \(text) is none of this server's")
      }
      found = found ?? own
    }
    return found
  }

  /// What a client that asks for nothing gets is what it usually needs.
  func scopes(_ asked: String?) throws(Refusal) -> Scopes {
    guard let asked else { return settings.usualScopes }
    let scopes = Scopes(text: asked)
    let known = settings.usualScopes.union(AuthorizationSettings.commonScopes)
    let unknown = scopes.subtracting(known)
    guard unknown.isEmpty, !faults.has(.scopeRefused) else {
      throw Refusal(
        .invalidScope,
        "\(unknown.isEmpty ? scopes.text : unknown.text) is not offered; "
          + "the scopes are \(settings.usualScopes.text)")
    }
    return scopes
  }

  /// A smaller part of what was granted, or all of it.
  func part(of granted: Scopes, _ asked: String?) throws(Refusal) -> Scopes {
    guard let asked else { return granted }
    let scopes = Scopes(text: asked)
    let more = scopes.subtracting(granted)
    guard more.isEmpty else {
      throw Refusal(.invalidScope, "\(more.text) was not granted")
    }
    return scopes
  }

  /// A refresh token and how it is stored.
  func newRefreshToken() throws(Refusal) -> (text: String, stored: NewRefreshToken) {
    let text = try random(32)
    return (
      text,
      NewRefreshToken(
        hash: digest(text), expires: clock.wallTime.advanced(by: settings.refreshLife))
    )
  }
}

import EventLoop
import HTTPCore
import JSON
import SafeText

/// What the user is told to do on another device.
package struct DeviceCode: Sendable, Hashable {
  package let userCode: String
  package let page: String
  /// The same with the code in it.
  package let completePage: String?
  let code: Secret
  let interval: Duration
  let limit: Duration

  init?(_ json: JSON?) {
    guard let json, let code = json["device_code"]?.string,
      let userCode = json["user_code"]?.string,
      let page = (json["verification_uri"] ?? json["verification_url"])?.string
    else { return nil }
    self.code = Secret(code)
    self.userCode = userCode
    self.page = page
    completePage = json["verification_uri_complete"]?.string
    interval = .seconds(min(max(json["interval"]?.int ?? 5, 1), 60))
    limit = .seconds(min(max(json["expires_in"]?.int ?? 600, 1), 3600))
  }
}

// The grant for those without a browser here (RFC 8628).
extension SignIn {
  func byDevice(
    _ server: DiscoveredServer, _ scope: ScopeChoice, _ key: ProofKey?
  ) async throws(AuthorizationFailure) -> StoredGrant {
    guard let endpoint = server.metadata[.device] else {
      throw .noEndpoint("device_authorization_endpoint", issuer: server.issuer)
    }
    let kept = wish.client.forgets ? nil : try keptClient(server)
    let client = try await identity(at: server, scope, "http://127.0.0.1/callback", kept)
    let device = try await deviceCode(at: endpoint, server, client, scope)
    onDevice?(device)
    let terms = Terms(server: server, scope: scope, client: client, key: key)
    return try await poll(device, terms)
  }

  private func deviceCode(
    at endpoint: WebURL, _ server: DiscoveredServer, _ client: ClientIdentity, _ scope: ScopeChoice
  ) async throws(AuthorizationFailure) -> DeviceCode {
    let method = server.metadata.method(for: client)
    var form = TokenRequest(.clientCredentials, client: client, method: method)
    form.resource = resource(server)
    form.scopes = scope.scopes
    form.clientAssertion = try desk.assertion(of: client, method, for: server.issuer)
    var request = form.request(at: endpoint, policy)
    request.body = Array(FormEncoding.encode(form.form.filter { $0.0 != "grant_type" }).utf8)
    let outcome = await desk.exchange(request)
    let answer: AuthorizationAnswer
    switch outcome {
    case .success(let came): answer = came
    case .failure(let outage):
      tell(AuthorizationEvidence(.consent, request, outcome, decision: "no answer"))
      throw AuthorizationFailure(outage, asking: endpoint, for: policy.server)
    }
    let json = Discovery.document(answer)
    guard let code = DeviceCode(json) else {
      let error = OAuthError(json)
      tell(AuthorizationEvidence(.consent, request, outcome, decision: error?.words ?? "no code"))
      throw error.map { .tokenRefused(step: .device, status: answer.status, $0) }
        ?? .tokenUnusable(step: .device, status: answer.status, what: "it holds no device_code")
    }
    tell(
      AuthorizationEvidence(
        .consent, request, outcome, findings: ["verification_uri: \(code.page)"],
        decision: "the user is asked to type a code there"))
    return code
  }

  private func poll(
    _ device: DeviceCode, _ terms: Terms
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let end = desk.clock.now.advanced(by: device.limit)
    var interval = device.interval
    while desk.clock.now < end {
      do { try await desk.clock.sleep(for: interval) } catch { throw .interrupted }
      do throws(AuthorizationFailure) {
        return try await grant(.device(device.code), .device, terms)
      } catch {
        guard case .tokenRefused(_, _, let words) = error else { throw error }
        switch words.code {
        case "authorization_pending": break
        case "slow_down": interval += .seconds(5)
        case "expired_token": throw .noAnswer
        case "access_denied": throw .denied(words)
        default: throw error
        }
      }
    }
    throw .noAnswer
  }
}

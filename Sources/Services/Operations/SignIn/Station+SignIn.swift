import Authorization
import EventLoop
import HTTPCore
import JSON
import MCPProtocol
import SafeText
package import Settings

extension Station {
  /// Signs in to a server and keeps what came of it.
  package func signIn(
    to definition: ServerDefinition, _ order: SignInOrder, _ scene: SignInScene
  ) async throws(OperationFailure) -> SignInFacts {
    let label = TargetFacts(definition).label
    let server = try address(of: definition)
    let desk = try await desk(for: definition, keeping: true)
    var steps: [JSON] = []
    let tell: AuthorizationDesk.Tell = { evidence in
      let step = SignInStep(evidence)
      steps.append(step.json)
      scene.step(step)
    }
    do throws(AuthorizationFailure) {
      let challenge = await challenge(of: server, definition, desk, tell)
      let before = try desk.store?.readableGrant(for: server.resourceName)
      let grant = try await signIn(
        to: server, SignInOffer(order, scene), challenge, before: before, desk, tell)
      return SignInFacts(grant, now: desk.now)
    } catch {
      var failure = OperationFailure(error, target: label)
      failure.details["steps"] = .array(steps)
      throw failure
    }
  }

  func signIn(
    to server: WebURL, _ offer: SignInOffer, _ challenge: AuthorizationChallenge?,
    before: StoredGrant?, _ desk: AuthorizationDesk, _ tell: @escaping AuthorizationDesk.Tell
  ) async throws(AuthorizationFailure) -> StoredGrant {
    let (order, scene) = (offer.order, offer.scene)
    var wish = try SignInWish(order, at: server, client: settings.client.name)
    wish.question.challenge = challenge
    wish.question.knownIssuers = before.map { [$0.issuer] } ?? []
    let signIn = SignIn(wish, before: before, desk: desk, tell: tell)
    signIn.onDevice = { device in
      scene.show(
        SignInPage(
          address: device.completePage ?? device.page, port: nil, userCode: device.userCode))
    }
    if order.agreesByItself { return try await signIn.run(FetchedConsent(desk)) }
    let place = LoopbackConsent(
      LoopbackConsent.Settings(port: order.callbackPort), clock: clock, typed: scene.typed
    ) { consent, port in
      scene.show(SignInPage(address: consent.url.text, port: port, userCode: nil))
    }
    return try await signIn.run(place)
  }

  func address(of definition: ServerDefinition) throws(OperationFailure) -> WebURL {
    let label = TargetFacts(definition).label
    guard definition.command == nil, let text = definition.url else {
      throw OperationFailure(
        .usage, layer: "config",
        "\(label) is a command: only servers with an address are signed in to",
        hint: "a command takes its credentials from the environment: -e NAME=VALUE")
    }
    do { return try WebURL(text) } catch {
      throw OperationFailure(.usage, layer: "config", "\(label): \(error.sentence)")
    }
  }

  /// What the server says to somebody it does not know; nil where it does not mind. All headers of the definition but
  /// credentials go along, which some servers cannot be asked without.
  func challenge(
    of server: WebURL, _ definition: ServerDefinition, _ desk: AuthorizationDesk,
    _ tell: AuthorizationDesk.Tell
  ) async -> AuthorizationChallenge? {
    let body: JSON = ["jsonrpc": "2.0", "id": "sign-in", "method": "ping"]
    var fields: HTTPFields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]
    for header in definition.headers where header.name.lowercased() != "authorization" {
      fields[header.name] = header.value
    }
    let request = AuthorizationRequest(
      "POST", server.withoutSecrets, fields: fields, body: body.compactBytes)
    let outcome = await desk.send(request)
    if case .success(let answer) = outcome, answer.status == 401 || answer.status == 403 {
      return AuthorizationChallenge(status: answer.status, fields: answer.fields)
    }
    tell(
      AuthorizationEvidence(
        .challenge, request, outcome, decision: "no challenge; the well-known places are tried"))
    return nil
  }
}

extension SignInStep {
  init(_ evidence: AuthorizationEvidence) {
    lines = evidence.lines
    json = evidence.json
    line = evidence.line
  }
}

extension SignInWish {
  init(
    _ order: SignInOrder, at server: WebURL, client name: String
  ) throws(AuthorizationFailure) {
    var question = DiscoveryQuestion(
      policy: AddressPolicy(server: server, allowsPrivate: order.allowsPrivate))
    question.issuer = order.issuer
    question.resource = order.resource
    question.acceptsIssuerMismatch = order.acceptsIssuer
    self.init(question, client: ClientWish(order, name: name))
    scopes = order.scopes.map(Scopes.init(text:))
    sendsResource = !order.omitsResource
    acceptsMissingS256 = order.acceptsMissingPKCE
    binding =
      switch order.binding {
      case .auto: .whereAsked
      case .always: .always
      case .never: .never
      }
    way =
      switch order.way {
      case .browser: .code
      case .device: .device
      case .clientCredentials: .clientCredentials
      case .assertion(let word, let file): .assertion(TrustedWord(word, file: file))
      case .enterprise(let word, let file, let identity):
        .enterprise(TrustedWord(word, file: file), try IdentityExchange(identity))
      }
  }
}

extension IdentityExchange {
  fileprivate init(_ order: SignInOrder.IdentityOrder) throws(AuthorizationFailure) {
    var endpoint: WebURL?
    if let text = order.tokenEndpoint {
      do { endpoint = try WebURL(text) } catch {
        throw .badAddress(url: text, what: "the identity provider's endpoint")
      }
    }
    self.init(
      issuer: order.issuer, endpoint: endpoint, clientID: order.clientID,
      secret: order.clientSecret)
  }
}

extension ClientWish {
  fileprivate init(_ order: SignInOrder, name: String) {
    self.init(name: name)
    id = order.clientID
    secret = order.clientSecret
    key = order.clientKey
    keyText = order.clientKeyText
    method = order.clientAuthentication.flatMap(TokenAuthentication.init)
    document = order.clientDocument
    registrationToken = order.registrationToken
    forgets = order.forgetsClient
  }
}

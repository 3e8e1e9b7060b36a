import HTTPCore
import JSON

/// Finds the authorization server of a resource, as a value: each step is a document to fetch or the end, each answer
/// leaves evidence.
package struct Discovery: Sendable {
  package enum Step: Sendable, Hashable {
    case fetch(AuthorizationRequest)
    case found(DiscoveredServer)
    case failed(AuthorizationFailure)
  }

  /// Documents yet to be tried of one kind, the current one first.
  struct Search: Sendable {
    var places: [WellKnown.Place]
    var tried: [String] = []
    var hops: [WebURL] = []

    init(_ places: [WellKnown.Place]) { self.places = places }
  }

  enum Phase: Sendable {
    case resource
    /// The identifier that is looked up, and those that follow if it leads nowhere.
    case server(String, next: [String])
  }

  package let question: DiscoveryQuestion
  package internal(set) var step: Step
  package internal(set) var evidence: [AuthorizationEvidence] = []
  var phase = Phase.resource
  var search = Search([])
  var resource: ResourceMetadata?
  /// Why the first of several authorization servers was of no use.
  var firstFailure: AuthorizationFailure?

  static let hopLimit = 5
  /// Of a longer list the rest is not asked.
  static let serverLimit = 8

  /// What the resource's metadata names, once it was read.
  package var resourceScopes: Scopes? { resource?.scopes }

  package init(_ question: DiscoveryQuestion) {
    self.question = question
    step = .failed(.signInNeeded)
    if question.skipsResource, let issuer = question.issuer {
      beginServer(issuer, next: [])
    } else {
      beginResource()
    }
  }

  /// Takes the answer to the document asked for last.
  package mutating func receive(_ outcome: AuthorizationOutcome) {
    guard case .fetch(let request) = step else { return }
    switch outcome {
    case .failure(let outage): lose(request, outage)
    case .success(let answer):
      if RedirectRule.isRedirect(answer.status) { return hop(request, answer) }
      if answer.status == 429 || answer.status >= 500 {
        note(request, outcome, [], "not answered; looking further would be guessing")
        return abandon(.unavailable(url: request.url.text, status: answer.status))
      }
      guard answer.status == 200 else {
        return miss(request, outcome, "not here")
      }
      read(request, answer)
    }
  }

  private mutating func read(_ request: AuthorizationRequest, _ answer: AuthorizationAnswer) {
    guard let json = Self.document(answer) else {
      let what = answer.mediaType?.isJSON == false ? "a page, no JSON" : "no JSON object"
      return miss(request, .success(answer), "\(what); the server answers everything with it")
    }
    switch phase {
    case .resource: readResource(json, request, answer)
    case .server(let issuer, let next): readServer(json, issuer, next, request, answer)
    }
  }

  static func document(_ answer: AuthorizationAnswer) -> JSON? {
    do {
      // A bare nil would be the JSON null here.
      let json = try JSON.parse(answer.body)
      return json.object.map(JSON.object)
    } catch {
      return nil
    }
  }

  // MARK: - Going on

  /// Asks for the first place that is left; false where none is.
  mutating func fetchNext() -> Bool {
    guard let place = search.places.first else { return false }
    search.hops = [place.url]
    return fetch(place.url)
  }

  private mutating func fetch(_ url: WebURL) -> Bool {
    if let failure = failure(at: url) {
      evidence.append(
        AuthorizationEvidence(stage, url: url.text, decision: "not asked: \(failure.sentence)"))
      abandon(failure)
      return true
    }
    var fields: HTTPFields = ["Accept": "application/json"]
    if isOwnServer { fields["MCP-Protocol-Version"] = question.protocolVersion }
    step = .fetch(question.policy.request("GET", url, fields: fields))
    return true
  }

  func failure(at url: WebURL) -> AuthorizationFailure? {
    question.policy.problem(with: url).map { problem in
      switch problem {
      case .notHTTP, .userinfo: .badAddress(url: "\(url)", what: "the address")
      case .privateAddress: .privateAddress(url: url.text, server: question.server.resourceName)
      case .notEncrypted: .notEncrypted(url: url.text)
      }
    }
  }

  private mutating func hop(_ request: AuthorizationRequest, _ answer: AuthorizationAnswer) {
    let location = answer.fields["Location"] ?? ""
    guard search.hops.count <= Self.hopLimit, let target = resolved(location, request.url),
      !search.hops.contains(target)
    else {
      note(request, .success(answer), ["location: \(location)"], "the redirect leads nowhere")
      return abandon(.tooManyRedirects(url: request.url.text))
    }
    if request.url.isSecure, !target.isSecure {
      note(request, .success(answer), ["location: \(location)"], "the redirect leaves TLS")
      return abandon(.notEncrypted(url: target.text))
    }
    note(request, .success(answer), ["location: \(location)"], "followed")
    search.hops.append(target)
    _ = fetch(target)
  }

  private func resolved(_ location: String, _ base: WebURL) -> WebURL? {
    do { return location.isEmpty ? nil : try base.resolving(location) } catch { return nil }
  }

  private mutating func lose(_ request: AuthorizationRequest, _ outage: AuthorizationOutage) {
    note(request, .failure(outage), [], outage.privateAddress == nil ? "no answer" : "not asked")
    abandon(AuthorizationFailure(outage, asking: request.url, for: question.server))
  }

  private mutating func miss(
    _ request: AuthorizationRequest, _ outcome: AuthorizationOutcome, _ why: String
  ) {
    note(request, outcome, [], why)
    search.tried.append(request.url.text)
    search.places = Array(search.places.dropFirst())
    if fetchNext() { return }
    switch phase {
    case .resource: resourceIsMissing()
    case .server(let issuer, let next): serverIsMissing(issuer, next)
    }
  }

  mutating func note(
    _ request: AuthorizationRequest, _ outcome: AuthorizationOutcome, _ findings: [String],
    _ decision: String
  ) {
    evidence.append(
      AuthorizationEvidence(
        stage, request, outcome, findings: findings,
        decision: decision))
  }

  mutating func fail(_ failure: AuthorizationFailure) {
    step = .failed(failure)
  }

  /// What was asked is of no use: the end, unless the resource names a further authorization server.
  private mutating func abandon(_ failure: AuthorizationFailure) {
    guard case .server(_, let next) = phase else { return fail(failure) }
    giveUp(failure, next)
  }

  private var stage: AuthorizationEvidence.Stage {
    if case .resource = phase { .resourceMetadata } else { .serverMetadata }
  }

  /// The resource names no authorization server: only its own origin is left.
  var isOwnServer: Bool {
    if case .server = phase { return resource == nil && question.issuer == nil }
    return false
  }
}

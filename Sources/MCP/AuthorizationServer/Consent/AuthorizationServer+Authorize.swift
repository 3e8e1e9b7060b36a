import Authorization
import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

// The authorization endpoint: from a client's request to a code, with a person in between or not.
extension AuthorizationServer {
  func authorize(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    let asked = call.request.method == "POST" ? call.form : call.query
    let client: StoredClient
    let redirect: String
    do throws(Refusal) {
      (client, redirect) = try await sender(asked)
    } catch {
      // Whoever sent this is unknown: it may not choose where the browser goes.
      return ConsentPage.refused(error.text, title: settings.title)
    }
    do throws(Refusal) {
      let ask = try ask(asked, client, redirect, call.base)
      return try await answer(ask, asked, call)
    } catch {
      return back(redirect, asked["state"], .failure(error), call)
    }
  }

  /// The client and where it may be answered.
  private func sender(_ asked: Parameters) async throws(Refusal) -> (StoredClient, String) {
    if let name = asked.repeated {
      throw Refusal(.invalidRequest, "The parameter \(name) stands there twice.")
    }
    guard let id = asked["client_id"], let client = try await client(id) else {
      throw Refusal(.invalidClient, "The program that sent you here is not registered.")
    }
    let known = client.metadata.redirects
    guard let wanted = asked["redirect_uri"] ?? (known.count == 1 ? known.first : nil),
      !faults.has(.redirectMismatch), known.contains(where: { RedirectMatch.matches(wanted, $0) })
    else {
      throw Refusal(
        .invalidRedirect, "The redirect URI of the request is none that the program registered.")
    }
    return (client, wanted)
  }

  private func ask(
    _ asked: Parameters, _ client: StoredClient, _ redirect: String, _ base: String
  ) throws(Refusal) -> AuthorizationAsk {
    if asked["request"] != nil || asked["request_uri"] != nil {
      throw Refusal(.requestNotSupported, "request objects are not read here")
    }
    guard asked["response_type"] == "code" else {
      throw Refusal(.unsupportedResponseType, "response_type must be code")
    }
    guard asked["response_mode"] ?? "query" == "query" else {
      throw Refusal(.invalidRequest, "response_mode must be query")
    }
    guard let challenge = asked["code_challenge"], challenge.utf8.count == 43 else {
      throw Refusal(.invalidRequest, "code_challenge of S256 is missing")
    }
    guard asked["code_challenge_method"] == "S256" else {
      throw Refusal(.invalidRequest, "code_challenge_method must be S256")
    }
    guard client.metadata.grants.contains("authorization_code") else {
      throw Refusal(.unauthorizedClient, "the client is not registered for authorization_code")
    }
    if faults.has(.targetRefused), asked["resource"] != nil {
      throw Refusal(.invalidTarget, "resource is not taken here")
    }
    var ask = AuthorizationAsk(
      client: client, redirect: redirect, scopes: try scopes(asked["scope"]),
      challenge: challenge)
    ask.resource = try resource(asked.all("resource"), base)
    ask.state = asked["state"]
    ask.nonce = asked["nonce"]
    ask.thumbprint = asked["dpop_jkt"]
    return ask
  }

  // MARK: - Deciding

  private func answer(
    _ ask: AuthorizationAsk, _ asked: Parameters, _ call: WebCall
  ) async throws(Refusal) -> WebAnswer {
    let prompts = Set((asked["prompt"] ?? "").split(separator: " ").map(String.init))
    let hint = hinted(asked["login_hint"])
    switch faults.has(.userRefuses) ? .deny : settings.consent {
    case .auto:
      let person = try usual(hint)
      try await remember(ask, person)
      return try await give(ask, to: person, call)
    case .deny:
      tell(.consentRefused, client: ask.client, detail: "nobody was asked")
      throw Refusal(.accessDenied, "the user has refused")
    case .terminal: return try await askAtTerminal(ask, hint, prompts, call)
    case .page: return try await askOnPage(ask, hint, prompts, call)
    }
  }

  private func askOnPage(
    _ ask: AuthorizationAsk, _ hint: Person?, _ prompts: Set<String>, _ call: WebCall
  ) async throws(Refusal) -> WebAnswer {
    let session = try session(call)
    let person = hint ?? session.person.flatMap(person)
    let isAsked = !prompts.isDisjoint(with: ["consent", "login", "select_account"])
    if let person, person.id == session.person, !isAsked,
      try await isRemembered(ask, person)
    {
      return try await give(ask, to: person, call)
    }
    if prompts.contains("none") {
      throw Refusal(
        session.person == nil ? .loginRequired : .consentRequired, "the user must be asked")
    }
    return try page(ask, session, try usual(person), call)
  }

  /// Terminals have no browser that remembers who signed in: whoever started the server is the usual person.
  private func askAtTerminal(
    _ ask: AuthorizationAsk, _ hint: Person?, _ prompts: Set<String>, _ call: WebCall
  ) async throws(Refusal) -> WebAnswer {
    let person = try usual(hint)
    if !prompts.contains("consent"), try await isRemembered(ask, person) {
      return try await give(ask, to: person, call)
    }
    if prompts.contains("none") {
      throw Refusal(.consentRequired, "the user must be asked")
    }
    return try await give(ask, to: try await answerAtTerminal(ask, person), call)
  }

  func answerAtTerminal(
    _ ask: AuthorizationAsk, _ person: Person
  ) async throws(Refusal) -> Person {
    let question = question(ask, person)
    switch await surroundings.ask?(question) {
    case .allowed(let id):
      guard let chosen = self.person(id) else {
        throw Refusal(.accessDenied, "there is no user \(id)")
      }
      try await remember(ask, chosen)
      return chosen
    case .refused:
      tell(.consentRefused, client: ask.client, person: person.id, scopes: ask.scopes.text)
      throw Refusal(.accessDenied, "the user has refused")
    case nil:
      throw Refusal(.temporarilyUnavailable, "nobody is at the terminal of this server")
    }
  }

  func question(_ ask: AuthorizationAsk, _ person: Person) -> ConsentQuestion {
    ConsentQuestion(
      clientName: ask.clientName, clientID: ask.client, destination: ask.destination,
      title: settings.title, scopes: rows(ask.scopes), people: settings.people(), person: person)
  }

  /// The scopes in words.
  func rows(_ scopes: Scopes) -> [ScopeRow] {
    scopes.names.map { name in
      settings.scopes.first { $0.name == name }
        ?? ScopeRow.common.first { $0.name == name } ?? ScopeRow(name, "use “\(name)”")
    }
  }

  // MARK: - People

  private func hinted(_ hint: String?) -> Person? {
    guard let hint else { return nil }
    return settings.people().first { $0.id == hint || $0.email == hint }
  }

  /// Who signs in where nobody says who.
  func usual(_ person: Person? = nil) throws(Refusal) -> Person {
    let people = settings.people()
    let named = settings.person.flatMap { name in
      people.first { $0.id == name || $0.email == name }
    }
    guard let found = person ?? named ?? people.first else {
      throw Refusal(.accessDenied, "nobody can sign in here")
    }
    return found
  }

  // MARK: - Remembering

  func isRemembered(_ ask: AuthorizationAsk, _ person: Person) async throws(Refusal) -> Bool {
    let known = try await kept { () async throws(AuthorizationStoreError) in
      try await store.consent(of: person.id, to: ask.client, in: settings.system)
    }
    return known.map { ask.scopes.subtracting($0.scopes).isEmpty } ?? false
  }

  func remember(_ ask: AuthorizationAsk, _ person: Person) async throws(Refusal) {
    let consent = StoredConsent(
      id: try random(6), system: settings.system, person: person.id, client: ask.client,
      clientName: ask.clientName, scopes: ask.scopes, givenAt: clock.wallTime)
    try await kept { () async throws(AuthorizationStoreError) in try await store.keep(consent) }
    tell(.consentGiven, client: ask.client, person: person.id, scopes: ask.scopes.text)
  }

  // MARK: - Answering

  /// A code for the client, by way of the browser.
  func give(
    _ ask: AuthorizationAsk, to person: Person, _ call: WebCall, cookie: String? = nil
  ) async throws(Refusal) -> WebAnswer {
    var ask = ask
    if faults.has(.lessScope), ask.scopes.names.count > 1 {
      ask.scopes = Scopes(ask.scopes.names.prefix(1))
    }
    let code = try random(24)
    let given = ask
    let hash = digest(code)
    try await kept { () async throws(AuthorizationStoreError) in
      try await store.keep(
        code: hash, given, person: person.id, of: settings.system,
        until: clock.wallTime.advanced(by: settings.codeLife))
    }
    var answer = back(ask.redirect, ask.state, .success(code), call)
    if let cookie { answer.fields.append("Set-Cookie", cookie) }
    return answer
  }

  /// Sends the browser back to the client. The issuer says whose answer it is (RFC 9207).
  func back(
    _ redirect: String, _ state: String?, _ outcome: Result<String, Refusal>, _ call: WebCall
  ) -> WebAnswer {
    var items: [(String, String)] = []
    switch outcome {
    case .success(let code): items.append(("code", code))
    case .failure(let refusal):
      items.append(("error", refusal.code.rawValue))
      items.append(("error_description", refusal.plainText))
    }
    if let state, !faults.has(.stateLost) {
      items.append(("state", faults.has(.stateChanged) ? state + "x" : state))
    }
    if !faults.has(.issuerMissing) {
      let issuer = faults.has(.issuerForeign) ? "https://login.example.net" : call.base
      items.append(("iss", issuer))
    }
    // Put together as text: a client must find its URI as it wrote it.
    let mark = redirect.contains("?") ? "&" : "?"
    return .redirect(to: redirect + mark + FormEncoding.encode(items))
  }
}

extension ScopeRow {
  static let common = [
    ScopeRow("openid", "know who you are"), ScopeRow("profile", "see your name"),
    ScopeRow("email", "see your e-mail address"),
    ScopeRow("offline_access", "stay signed in while you are away"),
  ]
}

extension AuthorizationAsk {
  /// Where the answer goes, as people read it.
  var destination: String {
    if userCode != nil { return "the device that shows the code \(userCode ?? "")" }
    do {
      let url = try WebURL(redirect)
      if url.isLoopback { return "a program on this computer (\(url.origin?.description ?? ""))" }
      return url.isHTTP ? url.host ?? redirect : "the program that opens “\(url.scheme):” links"
    } catch { return redirect }
  }
}

import Authorization
import Crypto
import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON
import TestSupport

@testable import AuthorizationServer

/// An authorization server on a folder and a clock of its own, asked without a socket.
@LoopActor
final class Bench {
  let folder = ScratchFolder()
  let clock = VirtualClock()
  let faults = FaultBoard(AuthorizationFault.all)
  let crypto: CryptoLibrary
  private(set) var server: AuthorizationServer
  private(set) var noted: [AuthorizationEvent] = []
  var documents: [String: String] = [:]
  var answer = ConsentAnswer.refused
  private(set) var questions: [ConsentQuestion] = []

  static let base = "http://127.0.0.1:3001"
  static let verifier = String(repeating: "v", count: 43)
  static let redirect = "http://127.0.0.1:9/cb"

  init(_ consent: ConsentMode = .auto) async throws {
    crypto = try CryptoLibrary.load()
    server = try await Self.open(consent, folder, clock, faults, nil)
    try await restart(consent)
  }

  /// The same store behind a new server.
  func restart(_ consent: ConsentMode) async throws {
    await server.close()
    server = try await Self.open(consent, folder, clock, faults, self)
  }

  private static func open(
    _ consent: ConsentMode, _ folder: ScratchFolder, _ clock: VirtualClock, _ faults: FaultBoard,
    _ bench: Bench?
  ) async throws -> AuthorizationServer {
    let path = folder.file("authorization.db")
    var settings = AuthorizationSettings(
      system: "test", title: "Test", endpoints: ["/mcp", "/rooms/:room/mcp"],
      names: OwnNames(listening: "127.0.0.1:3001"))
    settings.scopes = [ScopeRow("read", "read things"), ScopeRow("write", "change things")]
    settings.consent = consent
    settings.trusted = ["https://idp.example"]
    return try await AuthorizationServer(
      settings, store: try await AuthorizationStore.open(sqlite: path), path: path, clock: clock,
      faults: faults,
      surroundings: AuthorizationSurroundings(
        fetch: { [weak bench] url in
          bench?.documents[url.text].map {
            AuthorizationAnswer(status: 200, body: Array($0.utf8))
          }
        },
        ask: { [weak bench] question in bench?.asked(question) ?? .refused },
        note: { [weak bench] in bench?.noted.append($0) }))
  }

  private func asked(_ question: ConsentQuestion) -> ConsentAnswer {
    questions.append(question)
    return answer
  }

  // MARK: - Asking

  func send(
    _ method: String, _ target: String, fields: HTTPFields = [:], body: String = ""
  ) async -> WebAnswer {
    let head: HTTPFields = ["Host": "127.0.0.1:3001"]
    let request = HTTPServerRequest(
      method: method, target: target, headers: head.overlaid(with: fields),
      body: Array(body.utf8), peer: "127.0.0.1")
    let route = Route.all.first {
      request.path == $0.path || request.path.hasPrefix($0.path + "/")
    }
    guard let route else { return .text("", status: 404) }
    return await server.answer(request, route)
  }

  func get(_ target: String, fields: HTTPFields = [:]) async -> WebAnswer {
    await send("GET", target, fields: fields)
  }

  func form(
    _ path: String, _ items: [(String, String)], fields: HTTPFields = [:]
  ) async -> WebAnswer {
    await send(
      "POST", path,
      fields: fields.overlaid(with: ["Content-Type": "application/x-www-form-urlencoded"]),
      body: FormEncoding.encode(items))
  }

  // MARK: - Whole ways

  func register(_ changes: [(String, JSON)] = []) async throws -> JSON {
    var json: JSONObject = [
      "client_name": "Probe", "redirect_uris": ["http://127.0.0.1/cb"],
      "grant_types": ["authorization_code", "refresh_token"],
      "token_endpoint_auth_method": "none",
    ]
    for (name, value) in changes { json[name] = value }
    return try await send(
      "POST", "/register", fields: ["Content-Type": "application/json"],
      body: JSON.object(json).compact
    ).json
  }

  func ask(_ client: String, _ changes: [(String, String?)] = []) -> String {
    let challenge = Base64URL.text(crypto.sha256(Array(Self.verifier.utf8)))
    var items: [(String, String?)] = [
      ("response_type", "code"), ("client_id", client), ("redirect_uri", Self.redirect),
      ("code_challenge", challenge), ("code_challenge_method", "S256"), ("state", "s1"),
      ("scope", "read"), ("resource", Self.base + "/mcp"),
    ]
    for change in changes {
      items.removeAll { $0.0 == change.0 }
      items.append(change)
    }
    return "/authorize?"
      + FormEncoding.encode(items.compactMap { name, value in value.map { (name, $0) } })
  }

  func redeem(
    _ code: String, _ client: String, _ more: [(String, String)] = [], fields: HTTPFields = [:]
  ) async -> WebAnswer {
    await form(
      "/token",
      [
        ("grant_type", "authorization_code"), ("code", code), ("client_id", client),
        ("redirect_uri", Self.redirect), ("code_verifier", Self.verifier),
      ] + more, fields: fields)
  }

  func refresh(_ token: String, _ client: String) async -> WebAnswer {
    await form(
      "/token",
      [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client)])
  }

  /// Client and tokens of a whole sign-in.
  func signIn(_ changes: [(String, String?)] = []) async throws -> (client: String, tokens: JSON) {
    let client = try await register()["client_id"]?.string ?? ""
    let code = await get(ask(client, changes)).item("code") ?? ""
    return (client, try await redeem(code, client).json)
  }

  func check(
    _ token: String, scheme: String = "Bearer", path: String = "/mcp", fields: HTTPFields = [:]
  ) -> TokenVerdict {
    let head: HTTPFields = ["Host": "127.0.0.1:3001", "Authorization": "\(scheme) \(token)"]
    return server.check(
      TokenUse(fields: head.overlaid(with: fields), method: "POST", path: path))
  }

  /// Why a token opens nothing; nil where it does.
  func denial(_ token: String, path: String = "/mcp") -> TokenDenial? {
    if case .denied(let denial) = check(token, path: path) { denial } else { nil }
  }
}

extension WebAnswer {
  var json: JSON { get throws { try JSON.parse(body) } }
  var text: String { String(decoding: body, as: UTF8.self) }
  var error: String? {
    do { return try json["error"]?.string } catch { return nil }
  }

  /// A value that the redirect carries.
  func item(_ name: String) -> String? {
    let query = fields["Location"]?.split(separator: "?", maxSplits: 1).last ?? ""
    return FormEncoding.decode(query).first { $0.0 == name }?.1
  }

  /// What a browser sends back.
  var cookie: String { String((fields["Set-Cookie"] ?? "").prefix { $0 != ";" }) }

  /// The sealed request in a page.
  var seal: String {
    let parts = text.split(separator: "name=\"request\" value=\"", maxSplits: 1)
    return parts.count == 2 ? String(parts[1].prefix { $0 != "\"" }) : ""
  }
}

extension JSON {
  func text(_ name: String) -> String { self[name]?.string ?? "" }
}

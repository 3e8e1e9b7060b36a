import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText

@testable import Authorization

/// An authorization server and its resource in memory, which fail where a test says so.
@LoopActor
final class FakeServer {
  nonisolated static let server = "https://mcp.example.com/mcp"
  nonisolated static let issuer = "https://auth.example.com"

  var metadata: JSONObject = [:]
  var resourceScopes: JSON?
  /// Answers in place of the usual ones, by path; used up in turn.
  var instead: [String: [AuthorizationOutcome]] = [:]
  private(set) var asked: [String] = []
  private(set) var forms: [[String: String]] = []
  private(set) var registrations: [JSON] = []
  var tokens = 0

  func answer(_ request: AuthorizationRequest) -> AuthorizationOutcome {
    asked.append("\(request.method) \(request.url.path)")
    if var waiting = instead[request.url.path], !waiting.isEmpty {
      let next = waiting.removeFirst()
      instead[request.url.path] = waiting
      note(request)
      return next
    }
    return .success(usual(request))
  }

  private func note(_ request: AuthorizationRequest) {
    let text = String(decoding: request.body, as: UTF8.self)
    if request.url.path == "/token" {
      forms.append(Dictionary(FormEncoding.decode(text)) { $1 })
    }
  }

  private func usual(_ request: AuthorizationRequest) -> AuthorizationAnswer {
    switch request.url.path {
    case "/.well-known/oauth-protected-resource/mcp":
      return .json(.resource(Self.server, Self.issuer, scopes: resourceScopes))
    case "/.well-known/oauth-authorization-server":
      return .json(.server(Self.issuer, metadata))
    case "/register":
      let body = (try? JSON.parse(request.body)) ?? .null
      registrations.append(body)
      return .json(
        [
          "client_id": .string("client-\(registrations.count)"),
          "redirect_uris": body["redirect_uris"] ?? [],
        ],
        status: 201)
    case "/token":
      note(request)
      tokens += 1
      return .json([
        "access_token": .string("token-\(tokens)"), "token_type": "bearer", "expires_in": 3600,
        "refresh_token": .string("refresh-\(tokens)"),
      ])
    default: return .html(404)
    }
  }

  func desk(
    _ store: TokenStore? = nil, clock: any LoopClock = VirtualClock()
  ) throws -> AuthorizationDesk {
    AuthorizationDesk(clock: clock, crypto: try CryptoLibrary.load(), store: store) {
      self.answer($0)
    }
  }
}

/// A browser that agrees at once, and says what the test wants.
@LoopActor
final class EagerConsent: ConsentPlace {
  var redirect = "http://127.0.0.1:4711/callback"
  private(set) var pages: [WebURL] = []
  private(set) var isClosed = false
  /// What comes back, made of the question's parameters.
  var reply: ([String: String]) -> [(String, String)] = { asked in
    [("code", "c"), ("state", asked["state"] ?? "")]
  }

  func open(preferring redirects: [String]) async throws(AuthorizationFailure) -> String {
    redirects.first ?? redirect
  }

  func ask(_ consent: PendingConsent) async throws(AuthorizationFailure) -> [(String, String)] {
    pages.append(consent.url)
    return reply(parameters)
  }

  func close() { isClosed = true }

  /// Those of the page that was opened last.
  var parameters: [String: String] { Dictionary(pages.last?.queryItems ?? []) { $1 } }
}

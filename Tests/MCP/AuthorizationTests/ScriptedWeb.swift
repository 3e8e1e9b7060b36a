import Authorization
import HTTPCore
import JSON

/// Documents by their URL; everything else is a 404 in HTML.
struct ScriptedWeb {
  var answers: [String: AuthorizationOutcome] = [:]
  private(set) var asked: [String] = []

  init(_ documents: [String: JSON] = [:]) {
    for (url, json) in documents { self[url] = .json(json) }
  }

  subscript(url: String) -> AuthorizationAnswer {
    get { AuthorizationAnswer(status: 404) }
    set { answers[url] = .success(newValue) }
  }

  mutating func answer(_ request: AuthorizationRequest) -> AuthorizationOutcome {
    asked.append(request.url.text)
    return answers[request.url.text] ?? .success(.html(404))
  }

  /// Plays a discovery to its end.
  mutating func run(_ question: DiscoveryQuestion) -> Discovery {
    var discovery = Discovery(question)
    while case .fetch(let request) = discovery.step { discovery.receive(answer(request)) }
    return discovery
  }
}

extension AuthorizationAnswer {
  static func json(_ json: JSON, status: Int = 200) -> AuthorizationAnswer {
    AuthorizationAnswer(
      status: status, fields: ["Content-Type": "application/json"], body: json.compactBytes)
  }

  static func html(_ status: Int) -> AuthorizationAnswer {
    AuthorizationAnswer(
      status: status, fields: ["Content-Type": "text/html"], body: Array("<html>".utf8))
  }

  static func redirect(to url: String, status: Int = 302) -> AuthorizationAnswer {
    AuthorizationAnswer(status: status, fields: ["Location": url])
  }
}

extension JSON {
  /// Metadata of an authorization server at that issuer.
  static func server(_ issuer: String, at base: String? = nil, _ more: JSONObject = [:]) -> JSON {
    let base = base ?? (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
    var object: JSONObject = [
      "issuer": .string(issuer), "authorization_endpoint": .string("\(base)/authorize"),
      "token_endpoint": .string("\(base)/token"),
      "registration_endpoint": .string("\(base)/register"),
      "code_challenge_methods_supported": ["S256"],
    ]
    for member in more.members { object[member.key] = member.value }
    return .object(object)
  }

  static func resource(_ resource: String, _ servers: String..., scopes: JSON? = nil) -> JSON {
    var object: JSONObject = [
      "resource": .string(resource), "authorization_servers": .array(servers.map(JSON.string)),
    ]
    object["scopes_supported"] = scopes
    return .object(object)
  }
}

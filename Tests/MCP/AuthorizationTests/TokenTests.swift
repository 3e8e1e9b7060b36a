import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

@Suite(.inTurns) struct TokenTests {
  private static let now: Int64 = 1_800_000_000

  private static func read(
    _ answer: AuthorizationAnswer, asked: String? = nil
  ) -> Result<(tokens: TokenSet, findings: [String]), AuthorizationFailure> {
    Result { () throws(AuthorizationFailure) in
      try TokenAnswer(step: .code, answer: answer, now: now)
        .read(asked: asked.map(Scopes.init(text:)))
    }
  }

  private typealias Row = (name: String, answer: AuthorizationAnswer, outcome: String)

  private static func form(_ text: String, status: Int = 200) -> AuthorizationAnswer {
    AuthorizationAnswer(
      status: status, fields: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(text.utf8))
  }

  private static let rows: [Row] = [
    (
      "a plain answer", .json(["access_token": "t", "token_type": "bearer", "expires_in": 60]),
      "Bearer t 60"
    ),
    (
      "expires_in as a string",
      .json(["access_token": "t", "token_type": "Bearer", "expires_in": "60"]),
      "Bearer t 60"
    ),
    (
      "a life beyond all numbers",
      .json(["access_token": "t", "token_type": "Bearer", "expires_in": 1e300]),
      "Bearer t 10000000000"
    ),
    (
      "a life below zero", .json(["access_token": "t", "token_type": "Bearer", "expires_in": -5]),
      "Bearer t 0"
    ),
    ("no life told", .json(["access_token": "t", "token_type": "DPoP"]), "token-unusable"),
    ("no type", .json(["access_token": "t"]), "Bearer t -"),
    ("a form", form("access_token=t&token_type=bearer&expires_in=9"), "Bearer t 9"),
    ("an error with 200", .json(["error": "invalid_grant"]), "invalid_grant"),
    ("an error in a form", form("error=bad_verification_code"), "bad_verification_code"),
    ("an error with 400", .json(["error": "invalid_client"], status: 400), "invalid_client"),
    (
      "an error wrapped once more", .json(["error": ["code": "x", "message": "y"]], status: 400),
      "x"
    ),
    ("a page", .html(200), "token-unusable"),
    ("a page with 502", .html(502), "token-unusable"),
    ("nothing", AuthorizationAnswer(status: 200), "token-unusable"),
    ("no token", .json(["token_type": "bearer"]), "token-unusable"),
    ("a token with a line break", .json(["access_token": "a\r\nX: y"]), "token-unusable"),
    ("an unknown type", .json(["access_token": "t", "token_type": "mac"]), "token-unusable"),
    ("a redirect", .redirect(to: "https://evil.example.com/token"), "token-unusable"),
  ]

  @Test func `each answer of a token endpoint is a token or a failure of its own`() {
    for row in Self.rows {
      let outcome: String
      switch Self.read(row.answer) {
      case .success(let read):
        let life = read.tokens.expiry.map { String($0 - Self.now) } ?? "-"
        outcome = "\(read.tokens.header) \(life)"
      case .failure(let failure): outcome = failure.code
      }
      #expect(outcome == row.outcome, "\(row.name)")
    }
  }

  @Test func `what was granted is compared with what was asked`() throws {
    let answer = AuthorizationAnswer.json([
      "access_token": "t", "token_type": "bearer", "scope": ["a", "c"],
    ])
    let read = try Self.read(answer, asked: "a b").get()
    #expect(read.tokens.scopes?.text == "a c")
    #expect(read.findings.contains("not granted: b"))
    #expect(read.findings.contains("granted besides: c"))
    let silent = try Self.read(.json(["access_token": "t", "token_type": "bearer"]), asked: "a b")
      .get()
    #expect(silent.tokens.scopes?.text == "a b", "no scope in the answer means all")
  }

  @Test(arguments: [
    (400, "invalid_grant", false, true, false),
    (400, "invalid_client", false, false, true),
    (401, "invalid_client", false, false, true),
    (503, "temporarily_unavailable", true, false, false),
    (400, "server_error", true, false, false),
    (429, "invalid_grant", true, false, false),
  ])
  func `only a word of the server ends what is kept`(
    status: Int, code: String, passes: Bool, endsGrant: Bool, endsClient: Bool
  ) {
    let failure = AuthorizationFailure.tokenRefused(
      step: .refresh, status: status, OAuthError(code))
    #expect(failure.isTransient == passes)
    #expect(failure.endsGrant == endsGrant)
    #expect(failure.endsRegistration == endsClient)
  }

  @Test func `a page that does not recognise the client ends the registration`() {
    let page = AuthorizationAnswer(
      status: 422, fields: ["Content-Type": "text/html"],
      body: Array("<h1>Unrecognized client_id</h1>".utf8))
    guard case .failure(let failure) = Self.read(page) else {
      Issue.record("taken for a token")
      return
    }
    #expect(failure.endsRegistration && !failure.endsGrant)
  }

  // MARK: - Requests

  @Test(
    arguments: [
      (TokenAuthentication.none, "client_id=a%3Ab", nil),
      (.post, "client_id=a%3Ab&client_secret=s%2F%26", nil),
      (.basic, "", "Basic YSUzQWI6cyUyRiUyNg=="),
    ] as [(TokenAuthentication, String, String?)])
  func `a client proves itself in the way that was agreed`(
    method: TokenAuthentication, tail: String, header: String?
  ) throws {
    let client = ClientIdentity(id: "a:b", source: .given, secret: "s/&")
    var request = TokenRequest(.refresh("r"), client: client, method: method)
    request.resource = "https://h/mcp"
    let url = try WebURL("https://a.example/token?tenant=1")
    let sent = request.request(at: url, AddressPolicy(server: try WebURL("https://h/mcp")))
    let body = String(decoding: sent.body, as: UTF8.self)
    let start = "grant_type=refresh_token&refresh_token=r&resource=https%3A%2F%2Fh%2Fmcp"
    #expect(body == (tail.isEmpty ? start : start + "&" + tail))
    #expect(sent.fields["Authorization"] == header)
    #expect(sent.url.text == "https://a.example/token?tenant=1")
  }

  private static func metadata(_ methods: JSON?) -> ServerMetadata {
    var object: JSONObject = ["issuer": "https://a"]
    object["token_endpoint_auth_methods_supported"] = methods
    return ServerMetadata(.object(object))
  }

  @Test func `the method follows the registration, then what is offered`() {
    func chosen(_ methods: JSON?, secret: Secret?, registered: TokenAuthentication? = nil) -> String
    {
      var client = ClientIdentity(id: "c", source: .given, secret: secret)
      client.method = registered
      return Self.metadata(methods).method(for: client).rawValue
    }
    #expect(chosen(nil, secret: "s") == "client_secret_basic")
    #expect(chosen(["client_secret_post"], secret: "s") == "client_secret_post")
    #expect(chosen(["none", "client_secret_post"], secret: "s") == "client_secret_post")
    #expect(chosen(["client_secret_basic"], secret: nil) == "none")
    #expect(chosen(["client_secret_basic"], secret: "s", registered: .post) == "client_secret_post")
    #expect(Self.metadata(nil).methodToRegister == .none)
    #expect(Self.metadata(["client_secret_post"]).methodToRegister == .post)
    #expect(Self.metadata(["client_secret_basic", "none"]).methodToRegister == .none)
  }
}

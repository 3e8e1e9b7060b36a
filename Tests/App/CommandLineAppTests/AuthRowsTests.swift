import CommandLineApp
import EventLoop
import TestSupport
import Testing

/// What goes wrong on the way to a token, a row a symptom, and the sentence each has.
@LoopActor
@Suite(.inTurns, .serialized) struct AuthRowsTests {
  struct Row: Sendable, CustomStringConvertible {
    let description: String
    var replies: [String: [OddServer.Reply]] = [:]
    var words: [String] = []
    var code = ExitCode.unauthorized
    var says: [String]

    init(
      _ description: String, _ replies: [String: [OddServer.Reply]], with words: [String] = [],
      code: ExitCode = .unauthorized, _ says: String...
    ) {
      (self.description, self.replies, self.words) = (description, replies, words)
      (self.code, self.says) = (code, says)
    }
  }

  nonisolated private static let resource = "GET /.well-known/oauth-protected-resource/mcp"
  nonisolated private static let rootResource = "GET /.well-known/oauth-protected-resource"
  nonisolated private static let server = "GET /.well-known/oauth-authorization-server/as"
  nonisolated private static let missing = OddServer.Reply.status("404 Not Found")

  nonisolated private static func metadata(
    _ changes: [String: String]
  ) -> [String: [OddServer.Reply]] {
    [server: [OddServer.Reply(stringLiteral: AuthWorld.metadata(changes))]]
  }

  nonisolated private static func token(
    _ status: String, _ body: String, _ type: String = "application/json"
  ) -> [String: [OddServer.Reply]] {
    ["POST /as/token": [.status(status, ["Content-Type: \(type)"], body)]]
  }

  nonisolated private static func error(_ code: String) -> [String: [OddServer.Reply]] {
    token("400 Bad Request", #"{"error":"\#(code)"}"#)
  }

  nonisolated private static let finding: [Row] = [
    Row(
      "a challenge without a header", ["POST /mcp": [.status("401 Unauthorized")]], code: .ok,
      "401 without WWW-Authenticate; the well-known places are tried"),
    Row(
      "a challenge without resource_metadata",
      ["POST /mcp": [.status("401 Unauthorized", ["WWW-Authenticate: Bearer"])]], code: .ok,
      "the challenge names no metadata; the well-known places are tried"),
    Row(
      "resource metadata at the root only",
      [
        resource: [missing],
        rootResource: [#"{"resource":"BASE/mcp","authorization_servers":["BASE/as"]}"#],
      ], code: .ok, "oauth-protected-resource/mcp → 404", "the authorization server is BASE/as"),
    Row(
      "a page for every address",
      [
        resource: [.html("<html>")], rootResource: [.html("<html>")],
        "GET /.well-known/oauth-authorization-server": [.html("<html>")],
        "GET /.well-known/openid-configuration": [.html("<html>")],
        "POST /register": [.html("<html>")],
      ], "a page, no JSON; the server answers everything with it",
      "/authorize, /token and /register at BASE are assumed", "it holds no client_id"),
    Row(
      "resource metadata that is no object", [resource: ["[1]"]], "no JSON object",
      "refused to register a client: HTTP 404"),
    Row(
      "metadata for another host",
      [
        resource: [
          #"{"resource":"https://other.example.com/mcp","authorization_servers":["BASE/as"]}"#
        ]
      ],
      "the metadata is for “https://other.example.com/mcp”, which is not “URL”",
      "--resource https://other.example.com/mcp"),
    Row(
      "metadata for the same with a slash",
      [resource: [#"{"resource":"BASE/mcp/","authorization_servers":["BASE/as"]}"#]], code: .ok,
      "resource differs from the address by a slash"),
    Row(
      "no authorization server", [resource: [#"{"resource":"BASE/mcp"}"#]],
      "names no authorization server", "--issuer URL names the authorization server by hand"),
    Row(
      "no metadata of the authorization server", [server: [missing]],
      "no metadata of the authorization server BASE/as at BASE/.well-known/oauth-authorization-server/as, "
        + "BASE/.well-known/openid-configuration/as, BASE/as/.well-known/openid-configuration"),
    Row(
      "an authorization server that is down", [server: [.status("503 Service Unavailable")]],
      "answered 503, which says nothing about how to sign in", "try again later"),
    Row(
      "another issuer", metadata(["issuer": #""https://evil.example.com""#]),
      "the metadata of “BASE/as” gives its issuer as “https://evil.example.com”",
      "--accept-issuer takes this one all the same, now and at later sign-ins"),
    Row(
      "the issuer with a slash", metadata(["issuer": #""BASE/as/""#]),
      "gives its issuer as “BASE/as/”"),
    Row(
      "an issuer with a query",
      [resource: [#"{"resource":"BASE/mcp","authorization_servers":["BASE/as?x=1"]}"#]],
      "the issuer “BASE/as?x=1” has a query or a fragment"),
    Row(
      "an issuer that is no address",
      [resource: [#"{"resource":"BASE/mcp","authorization_servers":["javascript:alert(1)"]}"#]],
      "javascript:alert(1)", "no address that can be asked"),
    Row(
      "a foreign endpoint", metadata(["revocation_endpoint": #""http://localhost:1/revoke""#]),
      code: .ok, "revocation_endpoint is on another host, localhost"),
    Row(
      "an endpoint without TLS", metadata(["token_endpoint": #""http://evil.example.com/token""#]),
      "http://evil.example.com/token is not https, so no credentials are sent there"),
    Row(
      "PKCE is not promised", metadata(["code_challenge_methods_supported": ""]),
      "does not say that it checks PKCE with S256", "--accept-no-pkce"),
    Row(
      "plain PKCE only", metadata(["code_challenge_methods_supported": #"["plain"]"#]),
      "does not say that it checks PKCE with S256"),
    Row(
      "PKCE is not promised, and that is accepted",
      metadata(["code_challenge_methods_supported": ""]), with: ["--accept-no-pkce"], code: .ok,
      "S256 is not proven; gone on all the same, as was asked"),
    Row(
      "no token endpoint", metadata(["token_endpoint": ""]),
      "the authorization server BASE/as names no token_endpoint"),
    Row(
      "metadata in a circle",
      [server: [.status("302 Found", ["Location: /.well-known/oauth-authorization-server/as"])]],
      "redirects in a circle or too often"),
    Row(
      "metadata without end",
      [server: [.json("200 OK", "{\"x\":\"" + String(repeating: "x", count: 2 << 20) + "\"}")]],
      "1048576 bytes"),
    Row(
      "metadata nested without end",
      [server: [.json("200 OK", String(repeating: "[", count: 200_000))]],
      "no metadata of the authorization server"),
    Row(
      "two authorization servers, the first of no use",
      [
        resource: [
          #"{"resource":"BASE/mcp","authorization_servers":["BASE/gone","BASE/as"]}"#
        ]
      ], code: .ok, "BASE/as is tried next"),
  ]

  nonisolated private static let registering: [Row] = [
    Row(
      "no registration", metadata(["registration_endpoint": ""]),
      "BASE/as registers no clients by itself: a client has to be registered there beforehand",
      "register a client with the redirect URI http://127.0.0.1:"),
    Row(
      "a redirect URI that is refused",
      ["POST /as/register": [.json("400 Bad Request", #"{"error":"invalid_redirect_uri"}"#)]],
      "BASE/as refused to register a client: invalid_redirect_uri", "tried again with localhost",
      "sent was {\"client_name\""),
    Row(
      "metadata that is refused",
      [
        "POST /as/register": [
          .json(
            "400 Bad Request",
            #"{"error":"invalid_client_metadata","error_description":"grant_types"}"#)
        ]
      ], "invalid_client_metadata: grant_types"),
    Row(
      "a guarded registration", ["POST /as/register": [.status("401 Unauthorized")]],
      "BASE/as registers clients only with a token of its own (HTTP 401)", "--registration-token"),
    Row(
      "a forbidden registration", ["POST /as/register": [.status("403 Forbidden")]],
      "registers clients only with a token of its own (HTTP 403)"),
    Row(
      "an odd registration", ["POST /as/register": [.json("201 Created", "{}")]],
      "the registration that BASE/as gave is unusable: it holds no client_id"),
  ]

  nonisolated private static let asking: [Row] = [
    Row(
      "a page that wants somebody", ["GET /as/authorize": [.html("<h1>Log in</h1>")]],
      "the authorization server wants its user to be asked (HTTP 200)"),
    Row(
      "a redirect elsewhere",
      ["GET /as/authorize": [.status("302 Found", ["Location: https://evil.example.com/?code=1"])]],
      "the authorization server wants its user to be asked (HTTP 302)"),
    Row(
      "another state",
      [
        "GET /as/authorize": [
          .status("302 Found", ["Location: http://127.0.0.1:41703/callback?code=1&state=2"])
        ]
      ], "the answer in the browser belongs to another sign-in", "start again"),
  ]

  nonisolated private static let getting: [Row] = [
    Row(
      "a code that is not taken", error("invalid_grant"),
      "the authorization server refused the code: invalid_grant (HTTP 400)", "is the clock wrong?"),
    Row(
      "a client that is not known", error("invalid_client"),
      "refused the code: invalid_client", "--forget-client registers anew"),
    Row(
      "a page about an unknown client",
      token("422 Unprocessable Content", "<h1>Unrecognized client_id</h1>", "text/html"),
      "unusable (HTTP 422): a page: Unrecognized client_id"),
    Row(
      "a resource that is not taken", error("invalid_target"), "refused the code: invalid_target",
      "--resource omit leaves the resource parameter out"),
    Row(
      "a scope that is not known", error("invalid_scope"), "refused the code: invalid_scope",
      "--scope 'A B' asks for other scopes"),
    Row(
      "a grant that is not for this client", error("unauthorized_client"),
      "refused the code: unauthorized_client", "has to allow this grant to the client"),
    Row(
      "a grant that is not offered", error("unsupported_grant_type"),
      "refused the code: unsupported_grant_type", "does not offer this grant"),
    Row(
      "an error with 200", token("200 OK", #"{"error":"bad_verification_code"}"#),
      "refused the code: bad_verification_code (HTTP 200)"),
    Row(
      "a form for an answer",
      token("200 OK", "access_token=t&token_type=bearer", "application/x-www-form-urlencoded"),
      code: .ok, "the token's life is not told", "no refresh token"),
    Row(
      "a page for an answer", token("200 OK", "<html><body>Welcome</body></html>", "text/html"),
      "the answer to the code is unusable (HTTP 200): a page: Welcome"),
    Row(
      "a token endpoint that fails", token("500 Internal Server Error", "oops", "text/plain"),
      "the answer to the code is unusable (HTTP 500): oops"),
    Row(
      "a token endpoint that redirects",
      ["POST /as/token": [.status("302 Found", ["Location: https://evil.example.com/"])]],
      "it redirects to https://evil.example.com/"),
    Row(
      "a token of another kind", token("200 OK", #"{"access_token":"t","token_type":"mac"}"#),
      "token_type “mac” is not known here"),
    Row(
      "no token", token("200 OK", #"{"token_type":"bearer"}"#), "it holds no access_token"),
    Row(
      "escapes in an error",
      token(
        "400 Bad Request",
        #"{"error":"invalid_grant","error_description":"\u001b]0;owned\u0007<script>"}"#),
      "invalid_grant: ⟨U+001B⟩]0;owned⟨U+0007⟩<script>"),
  ]

  @Test(arguments: finding + registering + asking + getting)
  func `each way a sign-in fails has its sentence and the exit code for credentials`(
    row: Row
  ) async throws {
    let world = try AuthWorld(row.replies)
    let words = ["auth", "login", "URL", "--fetch-consent", "-v"] + row.words
    let run = await world.run(words)
    #expect(run.code == row.code, "\(row): \(run.errors)")
    for part in row.says {
      #expect(run.errors.contains(part), "\(row): \(run.errors.suffix(2_000))")
    }
    #expect(!run.errors.contains("\u{1B}") && !run.errors.contains("the-code"), "\(row)")
  }

  // MARK: - Use

  nonisolated private static let forbidden = OddServer.Reply.status(
    "403 Forbidden",
    [#"WWW-Authenticate: Bearer error="insufficient_scope", scope="admin""#])

  @Test func `a good token that is refused is told apart from one that is used up`() async throws {
    let world = try AuthWorld(
      Self.token("200 OK", #"{"access_token":"token-0","token_type":"bearer","expires_in":60}"#))
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    world.replies["POST /mcp"] = [
      .status("401 Unauthorized", [#"WWW-Authenticate: Bearer error="invalid_token""#])
    ]
    let run = await world.run("list", "tools", "URL")
    #expect(run.code == .unauthorized)
    #expect(
      run.errors.contains("the server refuses a token that has not expired: invalid_token"),
      "\(run.errors)")
    #expect(run.errors.contains("look at audience, issuer and expiry"))
  }

  @Test func `a refresh token that was revoked asks for a new sign-in`() async throws {
    let world = try AuthWorld()
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    world.replies = Self.error("invalid_grant")
    let run = await world.run("auth", "refresh", "URL")
    #expect(run.code == .unauthorized)
    #expect(run.errors.contains("refused the refresh token: invalid_grant"), "\(run.errors)")
    #expect(run.errors.contains("alidade auth login URL"))
  }

  @Test func `a header that does not do is shown by its shape, and that it wins is said`()
    async throws
  {
    let world = try AuthWorld()
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    let run = await world.run(
      "list", "tools", "URL", "-H", "Authorization: Bearer Bearer sesame")
    #expect(run.code == .unauthorized)
    for part in [
      "the Authorization header that was given is sent; the sign-in at BASE/as is left aside",
      "refused the Authorization header that was given (HTTP 401): Bearer ••••",
      "“Bearer” stands twice", "the header wins over a stored sign-in",
    ] {
      #expect(run.errors.contains(part), "\(part) in \(run.errors)")
    }
    #expect(!run.errors.contains("sesame"))
  }

  @Test func `a call that wants more scope says which, and what to type`() async throws {
    let world = try AuthWorld()
    #expect(
      await world.run("auth", "login", "URL", "--fetch-consent", "--scope", "read").code == .ok)
    world.replies["POST /mcp"] = [Self.forbidden]
    let run = await world.run("list", "tools", "URL")
    #expect(run.code == .unauthorized)
    #expect(
      run.errors.contains("asks for the scopes “read admin”, granted are “read”"), "\(run.errors)")
    #expect(run.errors.contains("alidade auth login URL --scope 'read admin'"))
  }

  @Test func `a scope that is asked of whoever has no sign-in is named as well`() async throws {
    let world = try AuthWorld()
    world.replies["POST /mcp"] = [Self.forbidden]
    let run = await world.run("list", "tools", "URL")
    #expect(run.code == .unauthorized)
    #expect(run.errors.contains("alidade auth login URL --scope admin"), "\(run.errors)")
    #expect(!run.errors.contains("it asks for no scope"))
  }

  @Test func `what a server calls a scope stays one word of the command that is advised`()
    async throws
  {
    let world = try AuthWorld()
    world.replies["POST /mcp"] = [
      .status(
        "403 Forbidden",
        [#"WWW-Authenticate: Bearer error="insufficient_scope", scope="a';touch-pwn""#])
    ]
    let run = await world.run("list", "tools", "URL")
    #expect(
      run.errors.contains(#"auth login URL --scope 'a'\'';touch-pwn'"#), "\(run.errors)")
  }

  @Test(arguments: ["Authorization: Bearer sesame", "x-api-key: sesame", "X-MCP-API-Key: sesame"])
  func `a key that lacks a scope is not told to sign in`(header: String) async throws {
    let world = try AuthWorld()
    world.replies["POST /mcp"] = [Self.forbidden]
    let run = await world.run("list", "tools", "URL", "-H", header)
    #expect(run.code == .unauthorized)
    #expect(run.errors.contains("the credentials in the header lack the scope “admin”"))
    #expect(run.errors.contains("a key gets its scopes where it is made"))
    #expect(!run.errors.contains("auth login"), "\(run.errors)")
  }

  @Test func `a refusal that no scope mends says so`() async throws {
    let world = try AuthWorld()
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    world.replies["POST /mcp"] = [.status("403 Forbidden", ["WWW-Authenticate: Bearer"], "no")]
    let run = await world.run("list", "tools", "URL")
    #expect(run.code == .unauthorized)
    #expect(run.errors.contains("the server forbids this to whoever is signed in"), "\(run.errors)")
    world.replies["POST /mcp"] = [.status("403 Forbidden", [], "no")]
    let bare = await world.run("list", "tools", "URL")
    #expect(bare.code == .unauthorized)
    #expect(bare.errors.contains("it asks for no scope, so another one will not help"))
  }

  @Test func `an answer that never comes is an outage and loses nothing`() async throws {
    let world = try AuthWorld()
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    world.replies = ["POST /as/token": [.status("503 Service Unavailable")]]
    #expect(await world.run("auth", "refresh", "URL").code == .unauthorized)
    world.replies = [:]
    #expect(await world.run("auth", "refresh", "URL").code == .ok)
  }
}

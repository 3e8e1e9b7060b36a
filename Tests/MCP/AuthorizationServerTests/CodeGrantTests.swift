import Authorization
import EventLoop
import HTTP
import HTTPCore
import JSON
import Testing

@testable import AuthorizationServer

@LoopActor @Suite struct CodeGrantTests {
  @Test func `S3: a client registers, is let in and calls with its token`() async throws {
    let bench = try await Bench()
    let (client, tokens) = try await bench.signIn()
    #expect(tokens.text("token_type") == "Bearer")
    #expect(tokens["expires_in"]?.int == 300)
    #expect(tokens.text("scope") == "read")
    guard case .granted(let facts) = bench.check(tokens.text("access_token")) else {
      Issue.record("the token opens nothing")
      return
    }
    #expect(facts.client == client)
    #expect(facts.person?.id == "ada")
    #expect(facts.scopes.names == ["read"])
  }

  @Test func `the answer carries state and issuer, and is kept by no cache`() async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let answer = await bench.get(bench.ask(client))
    #expect(answer.status == 302)
    #expect(answer.item("state") == "s1")
    #expect(answer.item("iss") == Bench.base)
    #expect(answer.fields["Cache-Control"] == "no-store")
    let tokens = await bench.redeem(answer.item("code") ?? "", client)
    #expect(tokens.fields["Cache-Control"] == "no-store")
    #expect(tokens.fields["Content-Type"] == "application/json")
  }

  @Test(
    arguments: [
      ("response_type", "token", "unsupported_response_type"),
      ("response_mode", "fragment", "invalid_request"),
      ("code_challenge", nil, "invalid_request"),
      ("code_challenge_method", "plain", "invalid_request"),
      ("code_challenge_method", nil, "invalid_request"),
      ("scope", "read admin", "invalid_scope"),
      ("resource", "https://other.example/mcp", "invalid_target"),
      ("resource", "http://127.0.0.1:3001/elsewhere", "invalid_target"),
      ("request_uri", "https://x.example/r", "request_not_supported"),
    ] as [(String, String?, String)])
  func `what cannot be granted is told to the client`(
    name: String, value: String?, error: String
  ) async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let answer = await bench.get(bench.ask(client, [(name, value)]))
    #expect(answer.item("error") == error)
    #expect(answer.item("state") == "s1")
    #expect(answer.item("iss") == Bench.base)
  }

  @Test(
    arguments: [
      ("client_id", "nobody"), ("redirect_uri", "http://127.0.0.1:9/other"),
      ("redirect_uri", "https://evil.example/cb"), ("redirect_uri", "http://localhost:9/cb"),
      ("redirect_uri", "http://127.0.0.1:9/cb#x"), ("redirect_uri", "http://a@127.0.0.1:9/cb"),
    ])
  func `whoever cannot be trusted with the browser gets a page`(
    name: String, value: String
  ) async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let answer = await bench.get(bench.ask(client, [(name, value)]))
    #expect(answer.status == 400)
    #expect(answer.fields["Location"] == nil)
    #expect(answer.fields["X-Frame-Options"] == "DENY")
  }

  @Test(
    arguments: [
      "http://127.0.0.1:5/x/../cb", "http://127.0.0.1:5/c%62", "http://127.1:5/cb",
      "http://0x7f.0.0.1:5/cb", "HTTP://127.0.0.1:5/cb", "http://127.0.0.1:5/cb\t",
      " http://127.0.0.1:5/cb", "http://127.0.0.1:/cb", "http://127.0.0.1:99999/cb",
      "http://127.0.0.1:5\\@evil.example/cb", "http://127.0.0.1.evil.example:5/cb",
      "http://127.0.0.1:5/cb?", "http://127.0.0.1:5/cb/", "http://127.0.0.1:5/cb\r\nX: y",
    ])
  func `a redirect URI is compared letter by letter but for the port`(
    redirect: String
  ) async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let answer = await bench.get(bench.ask(client, [("redirect_uri", redirect)]))
    #expect(answer.status == 400 && answer.fields["Location"] == nil)
  }

  @Test(
    arguments: [
      ("http://127.0.0.1/cb", "http://127.0.0.1:5/cb"),
      ("http://127.0.0.1:9/cb", "http://127.0.0.1/cb"),
      ("http://[::1]/cb?x=1", "http://[::1]:65535/cb?x=1"),
      ("http://localhost:8080/cb", "http://localhost:9/cb"), ("myapp:/cb", "myapp:/cb"),
    ])
  func `a program on this machine comes back at any port`(
    registered: String, asked: String
  ) async throws {
    let bench = try await Bench()
    let client = try await bench.register([("redirect_uris", [.string(registered)])])
    let ask = bench.ask(client.text("client_id"), [("redirect_uri", asked)])
    #expect(await bench.get(ask).item("code") != nil)
  }

  @Test func `elsewhere a port is a letter like any other`() async throws {
    let bench = try await Bench()
    let client = try await bench.register([("redirect_uris", ["https://app.example/cb"])])
    let ask = bench.ask(
      client.text("client_id"), [("redirect_uri", "https://app.example:443/cb")])
    #expect(await bench.get(ask).status == 400)
  }

  @Test func `a parameter that stands twice is refused`() async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    #expect(await bench.get(bench.ask(client) + "&state=2").status == 400)
  }

  @Test func `a code works once, and a second time ends what it gave`() async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let code = await bench.get(bench.ask(client)).item("code") ?? ""
    let tokens = try await bench.redeem(code, client).json
    #expect(bench.denial(tokens.text("access_token")) == nil)
    #expect(await bench.redeem(code, client).error == "invalid_grant")
    #expect(bench.denial(tokens.text("access_token")) == .revoked)
    #expect(await bench.refresh(tokens.text("refresh_token"), client).error == "invalid_grant")
    #expect(bench.noted.contains { $0.kind == .reused })
  }

  @Test func `a code is for its client, its verifier, its redirect and its minute`() async throws {
    let bench = try await Bench()
    let client = try await bench.register().text("client_id")
    let other = try await bench.register().text("client_id")
    func code() async -> String { await bench.get(bench.ask(client)).item("code") ?? "" }
    #expect(await bench.redeem(await code(), other).error == "invalid_grant")
    let changes = [
      ("code_verifier", String(repeating: "w", count: 43)), ("code_verifier", "short"),
      ("redirect_uri", "http://127.0.0.1:10/cb"),
    ]
    for change in changes {
      let items = [
        ("grant_type", "authorization_code"), ("code", await code()), ("client_id", client),
        ("redirect_uri", Bench.redirect), ("code_verifier", Bench.verifier),
      ].filter { $0.0 != change.0 }
      #expect(await bench.form("/token", items + [change]).error == "invalid_grant")
    }
    let late = await code()
    await bench.clock.advance(by: .seconds(61))
    #expect(await bench.redeem(late, client).error == "invalid_grant")
  }

  @Test func `a refresh token is used once, and a copy ends everything`() async throws {
    let bench = try await Bench()
    let (client, first) = try await bench.signIn()
    let second = try await bench.refresh(first.text("refresh_token"), client).json
    #expect(second.text("refresh_token") != first.text("refresh_token"))
    #expect(bench.denial(second.text("access_token")) == nil)
    #expect(await bench.refresh(first.text("refresh_token"), client).error == "invalid_grant")
    #expect(bench.denial(second.text("access_token")) == .revoked)
    #expect(await bench.refresh(second.text("refresh_token"), client).error == "invalid_grant")
  }

  @Test func `clients, refresh tokens and tokens outlive the server`() async throws {
    let bench = try await Bench()
    let (client, tokens) = try await bench.signIn()
    try await bench.restart(.auto)
    #expect(bench.denial(tokens.text("access_token")) == nil)
    #expect(
      try await bench.refresh(tokens.text("refresh_token"), client).json["access_token"] != nil)
    #expect(await bench.get(bench.ask(client)).item("code") != nil)
  }

  @Test func `a token is over in time, and is for one place`() async throws {
    let bench = try await Bench()
    let token = try await bench.signIn().tokens.text("access_token")
    #expect(bench.denial(token) == nil)
    #expect(
      bench.denial(token, path: "/rooms/7/mcp") == .otherAudience(Bench.base + "/mcp"))
    #expect(bench.denial(token + "x") == .notOurs)
    let other: HTTPFields = ["Host": "localhost:3001"]
    if case .denied(let denial) = bench.check(token, fields: other) {
      #expect(denial == .otherIssuer(Bench.base))
    } else {
      Issue.record("a token of another name is taken")
    }
    await bench.clock.advance(by: .seconds(300))
    if case .expired? = bench.denial(token) {} else { Issue.record("the token never ends") }
  }

  @Test func `a resource with a variable in its path is a resource of its own`() async throws {
    let bench = try await Bench()
    let tokens = try await bench.signIn([("resource", Bench.base + "/rooms/7/mcp/")]).tokens
    #expect(bench.denial(tokens.text("access_token"), path: "/rooms/7/mcp") == nil)
    #expect(bench.denial(tokens.text("access_token"), path: "/rooms/8/mcp") != nil)
  }

  @Test func `the transport with two addresses is one resource, and the usual one opens it too`()
    async throws
  {
    let bench = try await Bench()
    let paths = ["/sse", "/messages", "/messages/"]
    bench.server.settings.addLegacy(paths)
    let own = try await bench.signIn([("resource", Bench.base + "/sse")]).tokens
    let usual = try await bench.signIn().tokens
    for path in paths {
      #expect(bench.denial(own.text("access_token"), path: path) == nil)
      #expect(bench.denial(usual.text("access_token"), path: path) == nil)
    }
    #expect(
      bench.denial(own.text("access_token")) == .otherAudience(Bench.base + "/sse"))
    let room = try await bench.signIn([("resource", Bench.base + "/rooms/7/mcp")]).tokens
    #expect(bench.denial(room.text("access_token"), path: "/sse") != nil)
    let document = "/.well-known/oauth-protected-resource/sse"
    #expect(bench.server.routes.contains { $0.pattern.text == document })
    #expect(try await bench.get(document).json.text("resource") == Bench.base + "/sse")
    let posted = bench.server.resource(at: "/messages", ["Host": "127.0.0.1:3001"])
    #expect(posted == Bench.base + "/sse")
  }

  @Test func `an old client that names no resource gets the usual one`() async throws {
    let bench = try await Bench()
    let tokens = try await bench.signIn([("resource", nil), ("scope", nil)]).tokens
    #expect(bench.denial(tokens.text("access_token")) == nil)
    #expect(tokens.text("scope") == "read write")
  }

  @Test func `revocation ends a token, and a refresh token with its whole sign-in`() async throws {
    let bench = try await Bench()
    let (client, tokens) = try await bench.signIn()
    let access = tokens.text("access_token")
    let refresh = tokens.text("refresh_token")
    let next = try await bench.refresh(refresh, client).json
    #expect(await bench.form("/revoke", [("token", access), ("client_id", client)]).status == 200)
    #expect(bench.denial(access) == .revoked)
    #expect(bench.denial(next.text("access_token")) == nil)
    let end = [("token", next.text("refresh_token")), ("client_id", client)]
    #expect(await bench.form("/revoke", end).status == 200)
    #expect(bench.denial(next.text("access_token")) == .revoked)
    #expect(await bench.form("/revoke", [("token", "junk"), ("client_id", client)]).status == 200)
  }

  @Test func `introspection tells the owner`() async throws {
    let bench = try await Bench()
    let (client, tokens) = try await bench.signIn()
    func active(_ token: String, _ client: String) async throws -> Bool? {
      try await bench.form("/introspect", [("token", token), ("client_id", client)])
        .json["active"]?.bool
    }
    #expect(try await active(tokens.text("access_token"), client) == true)
    #expect(try await active(tokens.text("refresh_token"), client) == true)
    #expect(try await active("junk", client) == false)
    let other = try await bench.register().text("client_id")
    #expect(try await active(tokens.text("access_token"), other) == false)
  }

  @Test func `a new signing key leaves old tokens good`() async throws {
    let bench = try await Bench()
    let old = try await bench.signIn().tokens.text("access_token")
    await bench.clock.advance(by: .seconds(1))
    try await bench.server.store.rotateKey(
      of: "test", bench.crypto, at: bench.clock.wallTime)
    #expect(try await bench.get("/jwks").json["keys"]?.array?.count == 2)
    #expect(bench.denial(old) == nil)
    let new = try await bench.signIn().tokens.text("access_token")
    #expect(CompactJWT(new)?.header["kid"] != CompactJWT(old)?.header["kid"])
    #expect(bench.denial(new) == nil)
  }
}

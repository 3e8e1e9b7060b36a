import Authorization
import EventLoop
import HTTPCore
import JSON
import Testing

@testable import AuthorizationServer

@LoopActor @Suite struct ConsentTests {
  private func decide(
    _ bench: Bench, _ page: WebAnswer, _ decision: String, person: String = "ben",
    fields: HTTPFields = [:]
  ) async -> WebAnswer {
    await bench.form(
      "/consent", [("request", page.seal), ("person", person), ("decision", decision)],
      fields: fields.overlaid(with: ["Cookie": page.cookie]))
  }

  @Test func `a page names client and scopes in sentences, and needs no script`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register([("client_name", "Probe")]).text("client_id")
    let page = await bench.get(bench.ask(client, [("scope", "read write")]))
    #expect(page.status == 200)
    for words in [
      "<strong>Probe</strong>", "read things", "change things", "<html lang=\"en\">",
      "<label for=\"person\">", "a program on this computer", ">Allow</button>",
      ">Refuse</button>",
    ] {
      #expect(page.text.contains(words), "\(words)")
    }
    #expect(!page.text.contains("<script"))
    let policy = page.fields["Content-Security-Policy"] ?? ""
    #expect(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"))
    #expect(policy.contains("form-action 'self' http://127.0.0.1:9;"))
    #expect(page.fields["X-Frame-Options"] == "DENY")
    #expect(page.fields["Set-Cookie"]?.contains("HttpOnly; SameSite=Lax") == true)
  }

  @Test func `markup and hidden characters in a client's name are text`() async throws {
    let bench = try await Bench(.page)
    let name = "<script>alert('x')</script>\" onload=\u{1B}[31m\u{202E}"
    let client = try await bench.register([("client_name", .string(name))]).text("client_id")
    let page = await bench.get(bench.ask(client))
    #expect(page.text.contains("&lt;script&gt;alert(&#39;x&#39;)"))
    #expect(!page.text.contains("<script") && !page.text.contains("\" onload"))
    #expect(!page.text.contains("\u{1B}") && !page.text.contains("\u{202E}"))
  }

  @Test func `what was allowed is remembered for the same user, client and scopes`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register().text("client_id")
    let page = await bench.get(bench.ask(client))
    let allowed = await decide(bench, page, "allow")
    #expect(allowed.item("code") != nil)
    #expect(allowed.item("state") == "s1")
    let cookie: HTTPFields = ["Cookie": allowed.cookie]
    #expect(await bench.get(bench.ask(client), fields: cookie).item("code") != nil)
    // Another browser, more scopes, a wish to be asked, another client: each is asked.
    #expect(await bench.get(bench.ask(client)).status == 200)
    let more = bench.ask(client, [("scope", "read write")])
    #expect(await bench.get(more, fields: cookie).status == 200)
    let wish = bench.ask(client, [("prompt", "consent")])
    #expect(await bench.get(wish, fields: cookie).status == 200)
    let other = try await bench.register().text("client_id")
    #expect(await bench.get(bench.ask(other), fields: cookie).status == 200)
    // After revocation too, and the tokens have ended.
    let tokens = try await bench.redeem(allowed.item("code") ?? "", client).json
    #expect(bench.denial(tokens.text("access_token")) == nil)
    let consent = try #require(try await bench.server.store.consents().first)
    try await bench.server.store.revoke(consent, at: bench.clock.wallTime)
    await LoopActor.loop.nextTurn()
    #expect(bench.denial(tokens.text("access_token")) == .revoked)
    #expect(await bench.get(bench.ask(client), fields: cookie).status == 200)
  }

  @Test func `a refusal goes back to the client`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register().text("client_id")
    let answer = await decide(bench, await bench.get(bench.ask(client)), "deny")
    #expect(answer.item("error") == "access_denied")
    #expect(answer.item("iss") == Bench.base)
  }

  @Test func `nobody else's page or browser can answer`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register().text("client_id")
    let page = await bench.get(bench.ask(client))
    for fields in [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"]]
      as [HTTPFields]
    {
      #expect(await decide(bench, page, "allow", fields: fields).status == 403)
    }
    let other = await bench.get(bench.ask(client))
    let stolen = await bench.form(
      "/consent", [("request", page.seal), ("person", "ben"), ("decision", "allow")],
      fields: ["Cookie": other.cookie])
    #expect(stolen.status == 400 && stolen.fields["Location"] == nil)
    let none = await bench.form(
      "/consent", [("request", page.seal), ("person", "ben"), ("decision", "allow")])
    #expect(none.status == 400)
    let changed = await bench.form(
      "/consent", [("request", "x" + page.seal), ("person", "ben"), ("decision", "allow")],
      fields: ["Cookie": page.cookie])
    #expect(changed.status == 400)
    await bench.clock.advance(by: .seconds(601))
    #expect(await decide(bench, page, "allow").status == 400)
  }

  @Test func `prompt none asks nobody`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register().text("client_id")
    let answer = await bench.get(bench.ask(client, [("prompt", "none")]))
    #expect(answer.item("error") == "login_required")
  }

  @Test func `the person at the terminal decides`() async throws {
    let bench = try await Bench(.terminal)
    let client = try await bench.register().text("client_id")
    #expect(await bench.get(bench.ask(client)).item("error") == "access_denied")
    bench.answer = .allowed(person: "cleo")
    #expect(await bench.get(bench.ask(client)).item("code") != nil)
    let question = try #require(bench.questions.last)
    #expect(question.clientName == "Probe" && question.scopes.map(\.name) == ["read"])
  }

  @Test func `deny refuses everybody`() async throws {
    let bench = try await Bench(.deny)
    let client = try await bench.register().text("client_id")
    #expect(await bench.get(bench.ask(client)).item("error") == "access_denied")
  }

  @Test func `a device is let in by the page`() async throws {
    let bench = try await Bench(.page)
    let client = try await bench.register([
      ("grant_types", ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"])
    ]).text("client_id")
    let begun = try await bench.form(
      "/device_authorization", [("client_id", client), ("scope", "read")]
    ).json
    func poll() async -> WebAnswer {
      await bench.form(
        "/token",
        [
          ("grant_type", GrantRow.device), ("device_code", begun.text("device_code")),
          ("client_id", client),
        ])
    }
    #expect(await poll().error == "authorization_pending")
    #expect(await poll().error == "slow_down")
    #expect(await bench.form("/device", [("user_code", "NONE-SUCH")]).status == 400)
    let typed = begun.text("user_code").lowercased().filter { $0 != "-" }
    let page = await bench.form("/device", [("user_code", typed)])
    #expect(page.text.contains(begun.text("user_code")))
    #expect(await decide(bench, page, "allow").status == 200)
    let tokens = try await poll().json
    #expect(bench.denial(tokens.text("access_token")) == nil)
    #expect(tokens["refresh_token"] != nil)
    #expect(await poll().error == "invalid_grant")
  }

  @Test func `a client's document is the client`() async throws {
    let bench = try await Bench()
    let id = "https://app.example/client.json"
    bench.documents[id] =
      #"{"client_id":"\#(id)","client_name":"App","redirect_uris":["http://127.0.0.1/cb"]}"#
    #expect(await bench.get(bench.ask(id)).item("code") != nil)
    let liar = "https://app.example/other.json"
    bench.documents[liar] = bench.documents[id]
    #expect(await bench.get(bench.ask(liar)).status == 400)
    #expect(await bench.get(bench.ask("https://app.example/none.json")).status == 400)
    #expect(await bench.get(bench.ask("http://app.example/client.json")).status == 400)
  }

  @Test(
    arguments: [
      ("redirect_uris", ["http://app.example/cb"], "invalid_redirect_uri"),
      ("redirect_uris", ["javascript:alert(1)"], "invalid_redirect_uri"),
      ("redirect_uris", ["https://app.example/cb#x"], "invalid_redirect_uri"),
      ("redirect_uris", [], "invalid_redirect_uri"),
      ("redirect_uris", ["http://127.0.0.1/cb", 5], "invalid_redirect_uri"),
      ("redirect_uris", "http://127.0.0.1/cb", "invalid_redirect_uri"),
      ("redirect_uris", ["http://127.0.0.1/cb\t"], "invalid_redirect_uri"),
      ("redirect_uris", [" http://127.0.0.1/cb"], "invalid_redirect_uri"),
      ("grant_types", "authorization_code", "invalid_client_metadata"),
      ("grant_types", ["authorization_code", 5], "invalid_client_metadata"),
      ("response_types", ["token"], "invalid_client_metadata"),
      ("response_types", "code", "invalid_client_metadata"),
      ("token_endpoint_auth_method", 5, "invalid_client_metadata"),
      ("client_name", 5, "invalid_client_metadata"), ("scope", ["a"], "invalid_client_metadata"),
      ("jwks_uri", 5, "invalid_client_metadata"),
      ("token_endpoint_auth_method", "tls_client_auth", "invalid_client_metadata"),
      ("grant_types", ["password"], "invalid_client_metadata"),
      ("token_endpoint_auth_method", "private_key_jwt", "invalid_client_metadata"),
    ] as [(String, JSON, String)])
  func `registrations that would be unsafe are refused`(
    name: String, value: JSON, error: String
  ) async throws {
    let bench = try await Bench()
    #expect(try await bench.register([(name, value)]).text("error") == error)
  }

  @Test func `what a client sends as null it has left out`() async throws {
    let bench = try await Bench()
    let made = try await bench.register([
      ("response_types", .null), ("client_uri", .null), ("grant_types", .null),
    ])
    #expect(made["client_uri"] == nil && made["response_types"] == ["code"])
    #expect(made["grant_types"] == ["authorization_code"])
  }
}

import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

@LoopActor @Suite(.inTurns) struct SignInTests {
  private let server = FakeServer()
  private let consent = EagerConsent()

  private func wish(
    _ header: String? = nil, status: Int = 401, _ change: (inout SignInWish) -> Void = { _ in }
  ) throws -> SignInWish {
    let fields: HTTPFields = header.map { ["WWW-Authenticate": $0] } ?? [:]
    let question = DiscoveryQuestion(
      policy: AddressPolicy(server: try WebURL(FakeServer.server)),
      challenge: AuthorizationChallenge(status: status, fields: fields))
    var wish = SignInWish(question, client: ClientWish(name: "Alidade"))
    change(&wish)
    return wish
  }

  private func outcome(
    _ wish: SignInWish, before: StoredGrant? = nil, store: TokenStore? = nil
  ) async throws -> Result<StoredGrant, AuthorizationFailure> {
    let signIn = SignIn(wish, before: before, desk: try server.desk(store)) { _ in }
    do throws(AuthorizationFailure) { return .success(try await signIn.run(consent)) } catch {
      return .failure(error)
    }
  }

  @Test func `a sign-in registers, asks and gets a token`() async throws {
    let grant = try await outcome(wish("Bearer scope=\"a b\"")).get()
    #expect(grant.tokens.access.reveal() == "token-1")
    #expect(grant.client.id == "client-1")
    #expect(grant.resource == FakeServer.server)
    #expect(
      server.registrations.first?.compact == """
        {"client_name":"Alidade","redirect_uris":["http://127.0.0.1:4711/callback"],\
        "grant_types":["authorization_code","refresh_token"],"response_types":["code"],\
        "token_endpoint_auth_method":"none","application_type":"native","scope":"a b"}
        """)
    let asked = consent.parameters, form = server.forms[0]
    #expect(asked["scope"] == "a b" && asked["resource"] == FakeServer.server)
    #expect(asked["code_challenge_method"] == "S256" && asked["response_type"] == "code")
    #expect(form["resource"] == FakeServer.server && form["client_id"] == "client-1")
    let crypto = try CryptoLibrary.load()
    #expect(
      Base64URL.text(crypto.sha256(Array((form["code_verifier"] ?? "").utf8)))
        == asked["code_challenge"])
    #expect((43...128).contains(form["code_verifier"]?.count ?? 0))
    #expect(consent.isClosed)
  }

  @Test func `an endpoint with a query keeps it`() async throws {
    server.metadata["authorization_endpoint"] = "https://auth.example.com/authorize?tenant=7"
    _ = try await outcome(wish()).get()
    #expect(
      consent.pages[0].text.hasPrefix("https://auth.example.com/authorize?tenant=7&response_type="))
  }

  // MARK: - The answer in the browser

  private typealias Reply = @Sendable ([String: String]) -> [(String, String)]

  private nonisolated static let replies:
    [(name: String, namesIssuer: Bool, reply: Reply, outcome: String)] = [
      ("good", false, { [("code", "c"), ("state", $0["state"] ?? "")] }, "token-1"),
      (
        "good with its name", true,
        { [("code", "c"), ("state", $0["state"] ?? ""), ("iss", FakeServer.issuer)] }, "token-1"
      ),
      (
        "good with a name it did not promise", false,
        { [("code", "c"), ("state", $0["state"] ?? ""), ("iss", FakeServer.issuer)] }, "token-1"
      ),
      (
        "no name though promised", true, { [("code", "c"), ("state", $0["state"] ?? "")] },
        "iss-missing"
      ),
      (
        "another name", true,
        { [("code", "c"), ("state", $0["state"] ?? ""), ("iss", "https://evil.example.com")] },
        "iss-mismatch"
      ),
      (
        "another name it did not promise", false,
        { [("code", "c"), ("state", $0["state"] ?? ""), ("iss", "https://evil.example.com")] },
        "iss-mismatch"
      ),
      (
        "its name with a slash", true,
        { [("code", "c"), ("state", $0["state"] ?? ""), ("iss", FakeServer.issuer + "/")] },
        "iss-mismatch"
      ),
      (
        "another's error is not believed", true,
        { [("error", "access_denied"), ("state", $0["state"] ?? ""), ("iss", "https://evil")] },
        "iss-mismatch"
      ),
      (
        "no", false, { [("error", "access_denied"), ("state", $0["state"] ?? "")] }, "access_denied"
      ),
      (
        "wrong scope", false, { [("error", "invalid_scope"), ("state", $0["state"] ?? "")] },
        "invalid_scope"
      ),
      ("another state", false, { _ in [("code", "c"), ("state", "x")] }, "state-mismatch"),
      ("no state", false, { _ in [("code", "c")] }, "state-mismatch"),
      ("no code", false, { [("state", $0["state"] ?? "")] }, "code-missing"),
    ]

  @Test func `the answer counts only if it is to our question and from our server`() async throws {
    for row in Self.replies {
      let server = FakeServer(), consent = EagerConsent()
      if row.namesIssuer {
        server.metadata["authorization_response_iss_parameter_supported"] = true
      }
      consent.reply = row.reply
      let signIn = SignIn(try wish(), before: nil, desk: try server.desk()) { _ in }
      let found: String
      do throws(AuthorizationFailure) {
        found = try await signIn.run(consent).tokens.access.reveal()
      } catch {
        found = error.code
      }
      #expect(found == row.outcome, "\(row.name)")
      #expect(
        server.forms.isEmpty == (row.outcome != "token-1"), "\(row.name): no token is asked for")
    }
  }

  // MARK: - Scopes

  private typealias ScopeRow = (
    challenge: String?, status: Int, before: String?, given: String?, resource: JSON?,
    server: JSON?,
    asked: String?
  )

  @Test func `scopes come from the user, the challenge or the resource`() async throws {
    let rows: [ScopeRow] = [
      (nil, 401, nil, nil, nil, nil, nil),
      (nil, 401, nil, nil, ["x", "y"], nil, "x y"),
      ("a", 401, nil, nil, ["x", "y"], nil, "a"),
      ("a", 401, nil, "u v", ["x"], nil, "u v"),
      ("a", 401, nil, "", ["x"], nil, nil),
      ("w", 403, "a b", nil, ["x"], nil, "a b w"),
      ("w", 401, "a b", nil, ["x"], nil, "w"),
      ("a", 401, nil, nil, nil, ["a", "offline_access"], "a offline_access"),
      (nil, 401, nil, nil, ["x", "offline_access"], ["x"], "x"),
      (nil, 401, nil, nil, nil, ["offline_access"], nil),
    ]
    for row in rows {
      let server = FakeServer(), consent = EagerConsent()
      server.resourceScopes = row.resource
      server.metadata["scopes_supported"] = row.server
      let error = row.status == 403 ? "error=\"insufficient_scope\", " : ""
      let wish = try wish(
        row.challenge.map { "Bearer \(error)scope=\"\($0)\"" }, status: row.status
      ) {
        $0.scopes = row.given.map(Scopes.init(text:))
      }
      var before: StoredGrant?
      if let old = row.before {
        before = try await SignIn(
          self.wish { $0.scopes = Scopes(text: old) }, before: nil, desk: try FakeServer().desk()
        ) { _ in }.run(EagerConsent())
      }
      _ = try await SignIn(wish, before: before, desk: try server.desk()) { _ in }.run(consent)
      #expect(consent.parameters["scope"] == row.asked, "\(row)")
      #expect(
        (consent.parameters["prompt"] == "consent") == (row.asked?.contains("offline") ?? false))
    }
  }

  // MARK: - Who we are

  @Test func `a given client goes before all others and is not registered`() async throws {
    server.metadata["client_id_metadata_document_supported"] = true
    let grant = try await outcome(
      wish {
        $0.client.id = "mine"
        $0.client.secret = "s"
        $0.client.document = "https://app.example.com/client.json"
      }
    ).get()
    #expect(grant.client.id == "mine" && grant.method == .basic)
    #expect(server.registrations.isEmpty)
  }

  @Test func `a metadata document goes before registering where the server takes it`() async throws
  {
    let document = "https://app.example.com/client.json"
    let registered = try await outcome(wish { $0.client.document = document }).get()
    #expect(registered.client.id == "client-1")
    server.metadata["client_id_metadata_document_supported"] = true
    let grant = try await outcome(wish { $0.client.document = document }).get()
    #expect(grant.client.id == document && grant.method == TokenAuthentication.none)
  }

  @Test func `refusals of a registration are met as far as that helps`() async throws {
    server.instead["/register"] = [
      .success(.json(["error": "invalid_redirect_uri"], status: 400)),
      .success(
        .json(["error": "invalid_client_metadata", "error_description": "scope x"], status: 400)),
    ]
    let grant = try await outcome(wish("Bearer scope=x")).get()
    #expect(server.registrations.first?["redirect_uris"] == ["http://localhost:4711/callback"])
    #expect(server.registrations.first?["scope"] == nil)
    #expect(consent.parameters["redirect_uri"] == "http://localhost:4711/callback")
    #expect(grant.client.redirects == ["http://localhost:4711/callback"])
  }

  @Test func `each end of a registration has its own failure`() async throws {
    let rows: [(answer: AuthorizationAnswer, code: String)] = [
      (.json(["error": "unapproved_software_statement"], status: 400), "registration-refused"),
      (.html(403), "registration-token-needed"), (.html(401), "registration-token-needed"),
      (.html(500), "registration-refused"), (.json([:], status: 201), "registration-unusable"),
      (.json(["error": "x"]), "registration-refused"),
    ]
    for row in rows {
      let server = FakeServer()
      server.instead["/register"] = Array(repeating: .success(row.answer), count: 3)
      let signIn = SignIn(try wish(), before: nil, desk: try server.desk()) { _ in }
      await #expect(throws: AuthorizationFailure.self) {
        do throws(AuthorizationFailure) { _ = try await signIn.run(EagerConsent()) } catch {
          #expect(error.code == row.code)
          throw error
        }
      }
    }
    server.metadata["registration_endpoint"] = .null
    guard case .failure(let failure) = try await outcome(wish()) else {
      Issue.record("went through")
      return
    }
    #expect(failure.code == "registration-needed")
    #expect(failure.advice?.contains("http://127.0.0.1:4711/callback") == true)
  }

  @Test func `without S256 nobody is asked, unless the user says so`() async throws {
    server.metadata["code_challenge_methods_supported"] = .null
    guard case .failure(let failure) = try await outcome(wish()) else {
      Issue.record("went through")
      return
    }
    #expect(failure.code == "pkce-missing" && consent.pages.isEmpty)
    _ = try await outcome(wish { $0.acceptsMissingS256 = true }).get()
    #expect(consent.pages.count == 1)
  }

  // MARK: - What is kept

  private func withStore(_ work: (TokenStore) async throws -> Void) async throws {
    let folder = ScratchFolder()
    try await work(TokenStore(folder: folder.path, crypto: try CryptoLibrary.load()))
  }

  @Test func `a second sign-in uses the registration of the first`() async throws {
    try await withStore { store in
      _ = try await outcome(wish("Bearer scope=a"), store: store).get()
      _ = try await outcome(wish("Bearer scope=a"), store: store).get()
      #expect(server.registrations.count == 1)
      _ = try await outcome(wish("Bearer scope=\"a z\""), store: store).get()
      #expect(
        server.registrations.count == 2, "more scopes than registered need a new registration")
      #expect(try store.grants().count == 1, "the old sign-in went when the new one worked")
    }
  }

  @Test func `a registration that is gone is made anew, once`() async throws {
    try await withStore { store in
      _ = try await outcome(wish(), store: store).get()
      server.instead["/token"] = [.success(.json(["error": "invalid_client"], status: 401))]
      let grant = try await outcome(wish { _ in }, store: store)
      #expect(try grant.get().client.id == "client-2")
    }
  }

  @Test func `a client given for another authorization server is not shown to the new one`()
    async throws
  {
    var before = try await outcome(wish { $0.client.id = "mine" }).get()
    before.issuer = "https://old.example.com"
    guard case .failure(let failure) = try await outcome(wish(), before: before) else {
      Issue.record("went through")
      return
    }
    #expect(failure.code == "issuer-changed")
  }

  @Test func `client credentials need no user`() async throws {
    let grant = try await outcome(
      wish("Bearer scope=a") {
        $0.way = .clientCredentials
        $0.client.id = "robot"
        $0.client.secret = "s"
      }
    ).get()
    #expect(grant.kind == .clientCredentials && consent.pages.isEmpty)
    #expect(
      server.forms[0]["grant_type"] == "client_credentials" && server.forms[0]["scope"] == "a")
    #expect(server.forms[0]["resource"] == FakeServer.server)
  }

  @Test func `a platform's word is sent once and by itself`() async throws {
    server.instead["/token"] = [.success(.json(["error": "invalid_grant"], status: 400))]
    let wish = try wish { $0.way = .assertion(TrustedWord("jwt")) }
    guard case .failure(let failure) = try await outcome(wish) else {
      Issue.record("went through")
      return
    }
    #expect(failure.code == "invalid_grant" && server.forms.count == 1)
    #expect(server.forms[0]["assertion"] == "jwt" && server.forms[0]["client_id"] == nil)
  }
}

import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

/// Sign-ins by somebody's word: a platform's, or that of a company's identity provider.
@LoopActor @Suite(.inTurns) struct WordTests {
  private let server = FakeServer()
  private let consent = EagerConsent()
  private let folder = ScratchFolder()
  private let store: TokenStore

  init() throws { store = TokenStore(folder: folder.path, crypto: try CryptoLibrary.load()) }

  private func wish(_ way: SignInWish.Way) throws -> SignInWish {
    let question = DiscoveryQuestion(
      policy: AddressPolicy(server: try WebURL(FakeServer.server)), challenge: nil)
    var wish = SignInWish(question, client: ClientWish(name: "Alidade"))
    wish.way = way
    wish.scopes = Scopes(text: "a")
    wish.client.id = "robot"
    wish.client.secret = "s"
    return wish
  }

  private func signedIn(_ way: SignInWish.Way) async throws -> StoredGrant {
    let signIn = SignIn(try wish(way), before: nil, desk: try server.desk(store)) { _ in }
    return try await signIn.run(consent)
  }

  private func file(_ text: String) throws -> String {
    try PrivateFolder(path: folder.path).write(Array(text.utf8), to: "word")
    return "\(folder.path)/word"
  }

  private var exchange: IdentityExchange {
    get throws {
      IdentityExchange(
        issuer: nil, endpoint: try WebURL("https://idp.example.com/token"), clientID: "idp-client",
        secret: nil)
    }
  }

  private static let swapped = AuthorizationOutcome.success(
    .json([
      "access_token": "jag", "token_type": "N_A",
      "issued_token_type": "urn:ietf:params:oauth:token-type:id-jag",
    ]))

  @Test func `an identity token is swapped, and the word for it is shown`() async throws {
    server.instead["/token"] = [Self.swapped]
    let grant = try await signedIn(.enterprise(TrustedWord("id"), try exchange))
    let swap = server.forms[0], shown = server.forms[1]
    #expect(swap["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange")
    #expect(swap["requested_token_type"] == "urn:ietf:params:oauth:token-type:id-jag")
    #expect(swap["subject_token_type"] == "urn:ietf:params:oauth:token-type:id_token")
    #expect(swap["audience"] == FakeServer.issuer && swap["resource"] == FakeServer.server)
    #expect(swap["subject_token"] == "id" && swap["client_id"] == "idp-client")
    #expect(shown["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
    #expect(shown["assertion"] == "jag" && consent.pages.isEmpty)
    #expect(grant.kind == .enterprise && grant.client.id == "robot" && grant.source == nil)
  }

  @Test func `the identity provider's endpoint is looked up by its name`() async throws {
    server.instead["/token"] = [Self.swapped]
    server.instead["/.well-known/oauth-authorization-server"] = [
      .success(.json(.server(FakeServer.issuer))),
      .success(.json(.server("https://idp.example.com"))),
    ]
    let exchange = IdentityExchange(
      issuer: "https://idp.example.com", endpoint: nil, clientID: "c", secret: nil)
    _ = try await signedIn(.enterprise(TrustedWord("id"), exchange))
    #expect(server.forms.count == 2)
  }

  @Test func `what the identity provider refuses is told as such and not tried again`()
    async throws
  {
    server.instead["/token"] = [.success(.json(["error": "access_denied"], status: 400))]
    let exchange = try exchange
    await #expect(
      throws: AuthorizationFailure.tokenRefused(
        step: .exchange, status: 400, OAuthError("access_denied"))
    ) { try await signedIn(.enterprise(TrustedWord("id"), exchange)) }
    #expect(server.forms.count == 1)
  }

  @Test func `a sign-in by a file is renewed by what stands in the file then`() async throws {
    let path = try file("first")
    let grant = try await signedIn(.assertion(TrustedWord("first", file: path)))
    #expect(grant.isRenewable && grant.source?.file == path)
    var bare = grant
    bare.tokens.refresh = nil
    try store.save(bare)
    _ = try file("second\n")
    let renewed = try await server.desk(store).renewed(bare) { _ in }
    #expect(server.forms.map { $0["assertion"] } == ["first", "second"])
    #expect(server.forms[1]["scope"] == "a" && renewed.tokens.access.reveal() == "token-2")
    _ = try file("")
    bare.tokens.access = renewed.tokens.access
    bare.tokens.refresh = nil
    try store.save(bare)
    await #expect(throws: AuthorizationFailure.noWord("\(path) holds no token")) {
      try await server.desk(store).renewed(bare) { _ in }
    }
  }

  @Test func `a swapped word is swapped anew, with all that belongs to it kept`() async throws {
    server.instead["/token"] = [Self.swapped]
    let path = try file("id")
    let grant = try await signedIn(
      .enterprise(TrustedWord("id", file: path), try exchange))
    var kept = try #require(try store.current(grant))
    #expect(kept == grant && kept.source?.exchange?.endpoint?.host == "idp.example.com")
    kept.tokens.refresh = nil
    try store.save(kept)
    server.instead["/token"] = [Self.swapped]
    _ = try await server.desk(store).renewed(kept) { _ in }
    #expect(server.forms.count == 4 && server.forms[2]["subject_token"] == "id")
  }

  @Test func `a client that signs in for itself keeps its secret from a new issuer`() async throws {
    let first = try await signedIn(.clientCredentials)
    let other = FakeServer()
    other.instead["/.well-known/oauth-protected-resource/mcp"] = [
      .success(.json(.resource(FakeServer.server, "https://evil.example.com")))
    ]
    other.instead["/.well-known/oauth-authorization-server"] = [
      .success(.json(.server("https://evil.example.com")))
    ]
    let signIn = SignIn(
      try wish(.clientCredentials), before: first, desk: try other.desk(store)
    ) { _ in }
    await #expect(
      throws: AuthorizationFailure.issuerChanged(
        old: FakeServer.issuer, new: "https://evil.example.com")
    ) { try await signIn.run(consent) }
    #expect(other.forms.isEmpty)
  }
}

import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

@LoopActor @Suite(.inTurns) struct ProofTests {
  private let server = FakeServer()
  private let consent = EagerConsent()
  private let crypto: CryptoLibrary

  init() throws { crypto = try CryptoLibrary.load() }

  private func wish(_ header: String, _ binding: SignInWish.Binding = .whereAsked) throws
    -> SignInWish
  {
    let question = DiscoveryQuestion(
      policy: AddressPolicy(server: try WebURL(FakeServer.server)),
      challenge: AuthorizationChallenge(status: 401, fields: ["WWW-Authenticate": header]))
    var wish = SignInWish(question, client: ClientWish(name: "Alidade"))
    wish.binding = binding
    return wish
  }

  private func code(_ wish: SignInWish) async throws -> String {
    let signIn = SignIn(wish, before: nil, desk: try server.desk()) { _ in }
    do throws(AuthorizationFailure) {
      let grant = try await signIn.run(consent)
      return "\(grant.tokens.type) \(grant.proofKey == nil ? "free" : "bound")"
    } catch {
      return error.code
    }
  }

  private static let bound = AuthorizationOutcome.success(
    .json(["access_token": "t", "token_type": "DPoP"]))

  @Test func `a proof is for one request, one token and one moment`() throws {
    let key = try ProofKey.made(in: crypto)
    let url = try WebURL("https://h/mcp?x=1#y")
    let proof = try key.proof("POST", url, token: "t", nonce: "n", at: 7).reveal()
    let jwt = try #require(UnverifiedJWT(proof))
    #expect(jwt.header["typ"] == "dpop+jwt" && jwt.header["alg"] == "ES256")
    #expect(jwt.header["jwk"]?.object?.keys == ["crv", "kty", "x", "y"])
    #expect(jwt.claims["htm"] == "POST" && jwt.claims["htu"] == "https://h/mcp")
    #expect(jwt.claims["iat"] == 7 && jwt.claims["nonce"] == "n")
    #expect(jwt.claims["ath"]?.string == Base64URL.text(crypto.sha256(Array("t".utf8))))
    let next = try key.proof("POST", url, token: "t", nonce: "n", at: 7).reveal()
    #expect(UnverifiedJWT(next)?.claims["jti"] != jwt.claims["jti"])
  }

  @Test func `the same key comes out of its file`() throws {
    let key = try ProofKey.made(in: crypto)
    #expect(ProofKey(pem: try key.pem(), crypto)?.thumbprint == key.thumbprint)
    #expect(ProofKey(pem: "no key", crypto) == nil)
  }

  @Test func `tokens are bound where the server asks for it or the user does`() async throws {
    server.instead["/token"] = [Self.bound]
    #expect(try await code(wish("DPoP")) == "DPoP bound")
    #expect(consent.parameters["dpop_jkt"]?.count == 43)
    #expect(try await code(wish("Bearer")) == "Bearer free")
    #expect(consent.parameters["dpop_jkt"] == nil)
    server.instead["/token"] = [Self.bound]
    #expect(try await code(wish("Bearer", .always)) == "DPoP bound")
    #expect(try await code(wish("DPoP", .never)) == "Bearer free")
    #expect(try await code(wish("Bearer, DPoP")) == "Bearer free", "not bound after all")
  }

  @Test func `a bound token that nobody asked for is of no use`() async throws {
    server.instead["/token"] = [Self.bound]
    #expect(try await code(wish("Bearer")) == "token-unusable")
  }

  @Test func `algorithms of others end it before the user is asked`() async throws {
    server.metadata["dpop_signing_alg_values_supported"] = ["PS512"]
    #expect(try await code(wish("DPoP")) == "dpop-algorithm")
    #expect(consent.pages.isEmpty)
  }

  @Test func `the token endpoint's number goes into the second proof, and there is no third`()
    async throws
  {
    let asks = AuthorizationOutcome.success(
      AuthorizationAnswer(
        status: 400, fields: ["DPoP-Nonce": "n1", "Content-Type": "application/json"],
        body: Array(#"{"error":"use_dpop_nonce"}"#.utf8)))
    server.instead["/token"] = [asks, Self.bound]
    #expect(try await code(wish("DPoP")) == "DPoP bound")
    #expect(server.forms.count == 2)
    server.instead["/token"] = [asks, asks, asks]
    #expect(try await code(wish("DPoP")) == "use_dpop_nonce")
    #expect(server.forms.count == 4)
  }

  @Test func `a token is shown with a proof, and the server's number in the next`() throws {
    let desk = try server.desk()
    let key = try ProofKey.made(in: crypto)
    let url = try WebURL(FakeServer.server)
    let tokens = TokenSet(access: "t", type: "DPoP")
    let fields = try desk.fields(showing: tokens, with: key, "GET", url)
    #expect(fields["Authorization"] == "DPoP t")
    let first = try #require(fields["DPoP"].flatMap { UnverifiedJWT($0) })
    #expect(first.claims["nonce"] == nil && first.claims["htm"] == "GET")
    #expect(desk.note(nonce: "n", from: url) && !desk.note(nonce: "n", from: url))
    let second = try desk.fields(showing: tokens, with: key, "GET", url)["DPoP"]
    #expect(second.flatMap { UnverifiedJWT($0) }?.claims["nonce"] == "n")
    #expect(try desk.fields(showing: TokenSet(access: "t"), with: key, "GET", url)["DPoP"] == nil)
  }
}

import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText
import Testing

@testable import Authorization
@testable import AuthorizationServer

/// Tokens without a person in front of a page.
@LoopActor
struct MachineGrantTests {
  private static let issuer = "https://idp.example"

  @Test func `a client that registered itself does not act for itself`() async throws {
    let bench = try await Bench()
    let grants: [JSON] = ["authorization_code", .string(GrantRow.clientCredentials)]
    let client = try await bench.register([
      ("grant_types", .array(grants)), ("token_endpoint_auth_method", "client_secret_post"),
    ])
    let sender = [
      ("client_id", client.text("client_id")), ("client_secret", client.text("client_secret")),
    ]
    let answer = await bench.form("/token", [("grant_type", "client_credentials")] + sender)
    #expect(answer.error == "unauthorized_client")
    let made = try await bench.make()
    let tokens = try await bench.form("/token", [("grant_type", "client_credentials")] + made).json
    #expect(bench.denial(tokens.text("access_token")) == nil)
  }

  @Test func `a token of our own is no assertion`() async throws {
    let bench = try await Bench()
    let (_, tokens) = try await bench.signIn([("scope", "read openid"), ("resource", Bench.base)])
    let made = try await bench.make()
    for name in ["access_token", "id_token"] {
      let asked = [
        ("grant_type", GrantRow.assertion), ("assertion", tokens.text(name)),
        ("scope", "read write"),
      ]
      #expect(await bench.form("/token", asked).error == "invalid_grant")
      #expect(await bench.form("/token", asked + made).error == "invalid_grant")
    }
  }

  @Test func `whoever registered itself swaps no tokens`() async throws {
    let bench = try await Bench()
    let (client, tokens) = try await bench.signIn([("scope", "openid")])
    let answer = await bench.form(
      "/token",
      [
        ("grant_type", GrantRow.exchange), ("client_id", client),
        ("subject_token", tokens.text("id_token")), ("subject_token_type", TokenType.identity),
        ("requested_token_type", TokenType.assertionGrant), ("audience", Bench.base),
        ("scope", "read write"),
      ])
    #expect(answer.error == "unauthorized_client")
  }

  @Test func `nobody is introduced to ourselves`() async throws {
    let bench = try await Bench()
    let made = try await bench.make(["http://127.0.0.1/cb"])
    let id = made[0].1
    let code = await bench.get(bench.ask(id, [("scope", "openid")])).item("code") ?? ""
    let tokens = try await bench.form(
      "/token",
      [
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Bench.redirect),
        ("code_verifier", Bench.verifier),
      ] + made
    ).json
    let asked = [
      ("grant_type", GrantRow.exchange), ("subject_token", tokens.text("id_token")),
      ("subject_token_type", TokenType.identity),
      ("requested_token_type", TokenType.assertionGrant), ("scope", "read"),
    ]
    #expect(
      await bench.form("/token", asked + [("audience", Bench.base)] + made).error
        == "invalid_target")
    let elsewhere = await bench.form("/token", asked + [("audience", "https://a.example")] + made)
    #expect(elsewhere.status == 200)
    let own = [
      ("grant_type", GrantRow.assertion), ("assertion", try elsewhere.json.text("access_token")),
    ]
    #expect(await bench.form("/token", own + made).error == "invalid_grant")
  }

  @Test func `a token is swapped for less, and not for longer`() async throws {
    let bench = try await Bench()
    let made = try await bench.make()
    let (_, tokens) = try await bench.signIn([("scope", "read write")])
    await bench.clock.advance(by: .seconds(120))
    let asked = bench.swap(tokens) + made
    let less = try await bench.form("/token", asked + [("scope", "read")]).json
    #expect(less.text("scope") == "read")
    let left = (tokens["expires_in"]?.int ?? 0) - 120
    #expect(less["expires_in"]?.int == left)
    #expect(await bench.form("/token", asked + [("scope", "read openid")]).error == "invalid_scope")
    await bench.clock.advance(by: .seconds(left))
    #expect(await bench.form("/token", asked).error == "invalid_grant")
  }

  @Test func `a token that is bound to a key is swapped by whoever has the key`() async throws {
    let bench = try await Bench()
    let made = try await bench.make()
    let client = try await bench.register().text("client_id")
    let key = try ProofKey.made(in: bench.crypto)
    let code = await bench.get(bench.ask(client)).item("code") ?? ""
    let tokens = try await bench.redeem(code, client, fields: try bench.proof(key)).json
    #expect(tokens.text("token_type") == "DPoP")
    let asked = bench.swap(tokens) + made
    #expect(await bench.form("/token", asked).error == "invalid_grant")
    let swapped = await bench.form("/token", asked, fields: try bench.proof(key))
    #expect(try swapped.json.text("token_type") == "DPoP")
  }

  @Test func `a trusted issuer vouches for workloads and for people`() async throws {
    let bench = try await Bench()
    let key = try SigningKey(newIn: bench.crypto)
    try bench.trust(Self.issuer, key)
    let workload = try bench.assertion("JWT", ["sub": "job-7"], key)
    let granted = await bench.form("/token", [("grant_type", GrantRow.assertion), workload])
    #expect(bench.denial(try granted.json.text("access_token")) == nil)

    let made = try await bench.make()
    let claims: JSONObject = [
      "sub": "ben", "client_id": .string(made[0].1), "scope": "read",
    ]
    let asked = [("grant_type", GrantRow.assertion)] + made
    let more = try bench.assertion(TokenType.assertionHeader, claims, key)
    #expect(
      await bench.form("/token", asked + [more, ("scope", "read write")]).error == "invalid_scope")
    let same = try bench.assertion(TokenType.assertionHeader, claims, key)
    #expect(try await bench.form("/token", asked + [same]).json.text("scope") == "read")
    let stranger = try bench.assertion(TokenType.assertionHeader, claims, key)
    #expect(
      await bench.form("/token", [("grant_type", GrantRow.assertion), stranger]).error
        == "invalid_grant")
  }
}

extension Bench {
  /// A client that whoever runs the server made, as it shows itself.
  fileprivate func make(_ redirects: [String] = []) async throws -> [(String, String)] {
    var order = ClientOrder(name: "Made")
    order.redirects = redirects
    let made = try await server.store.makeClient(
      order, system: "test", crypto, at: clock.wallTime)
    return [("client_id", made.client.id), ("client_secret", made.secret?.reveal() ?? "")]
  }

  fileprivate func swap(_ tokens: JSON) -> [(String, String)] {
    [
      ("grant_type", GrantRow.exchange), ("subject_token", tokens.text("access_token")),
      ("subject_token_type", TokenType.access),
    ]
  }

  fileprivate func proof(_ key: ProofKey) throws -> HTTPFields {
    let now = clock.wallTime.microseconds / 1_000_000
    return ["DPoP": try key.proof("POST", try WebURL(Self.base + "/token"), at: now).reveal()]
  }

  fileprivate func trust(_ issuer: String, _ key: SigningKey) throws {
    let numbers = try #require(key.publicNumbers)
    let metadata: JSON = ["issuer": .string(issuer), "jwks_uri": .string(issuer + "/keys")]
    documents[issuer + WellKnownPath.server] = metadata.compact
    var jwk = PublicJWK(numbers).json
    jwk["kid"] = "k"
    documents[issuer + "/keys"] = JSON.object(["keys": .array([.object(jwk)])]).compact
  }

  fileprivate func assertion(
    _ type: String, _ claims: JSONObject, _ key: SigningKey
  ) throws -> (String, String) {
    var claims = claims
    claims["iss"] = "https://idp.example"
    claims["aud"] = .string(Self.base)
    claims["exp"] = .number(JSONNumber(clock.wallTime.microseconds / 1_000_000 + 60))
    return ("assertion", try CompactJWT.text(type: type, claims, by: key, named: "k"))
  }
}

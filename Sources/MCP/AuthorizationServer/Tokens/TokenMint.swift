import Authorization
import Crypto
import EventLoop
import Faults
import JSON

/// What a token is made for.
struct TokenOrder: Sendable {
  var client: String
  /// Empty where the client acts for itself.
  var person: String
  var scopes: Scopes
  var resource: String
  /// The grant it ends with; nil where it ends by itself.
  var grant: String?
  var thumbprint: String?
  /// When it is over at the latest, in seconds, because what it came from is.
  var ends: Int64?
}

extension AuthorizationServer {
  /// The answer of the token endpoint, without what goes with some grants only.
  func tokens(
    _ order: TokenOrder, refresh: String?, _ call: WebCall, more: [(String, JSON)] = []
  ) throws(Refusal) -> WebAnswer {
    var json: JSONObject = [
      "access_token": .string(try accessToken(order, call)),
      "token_type": order.thumbprint == nil ? "Bearer" : "DPoP",
      "expires_in": .number(JSONNumber(life(of: order))),
      "scope": .string(order.scopes.text),
    ]
    if let refresh, !faults.has(.noRefreshToken) { json["refresh_token"] = .string(refresh) }
    if faults.has(.noLifetime) { json["expires_in"] = nil }
    for (name, value) in more { json[name] = value }
    return WebAnswer.json(.object(json))
  }

  private var lifeInSeconds: Int64 { settings.accessLife.components.seconds }

  private func life(of order: TokenOrder) -> Int64 {
    min(lifeInSeconds, (order.ends ?? .max) - clock.seconds)
  }

  func accessToken(_ order: TokenOrder, _ call: WebCall) throws(Refusal) -> String {
    let now = clock.seconds
    let audience =
      faults.has(.wrongAudience) ? "https://elsewhere.example/mcp" : order.resource
    var claims: JSONObject = [
      "iss": .string(call.base), "sub": .string(order.person.isEmpty ? order.client : order.person),
      "aud": .string(audience), "client_id": .string(order.client),
      "scope": .string(order.scopes.text), "iat": .number(JSONNumber(now)),
      "exp": .number(JSONNumber(now + life(of: order))), "jti": .string(try random(12)),
    ]
    if let grant = order.grant { claims["grant"] = .string(grant) }
    if let thumbprint = order.thumbprint { claims["cnf"] = ["jkt": .string(thumbprint)] }
    return try sign(type: "at+jwt", claims)
  }

  /// Who signed in, for the client itself (OpenID Connect).
  func identityToken(
    _ person: Person, for client: String, nonce: String?, _ call: WebCall
  ) throws(Refusal) -> String {
    let now = clock.seconds
    var claims: JSONObject = [
      "iss": .string(call.base), "sub": .string(person.id), "aud": .string(client),
      "iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + lifeInSeconds)),
      "name": .string(person.name), "email": .string(person.email),
    ]
    if let nonce { claims["nonce"] = .string(nonce) }
    return try sign(type: TokenType.identityHeader, claims)
  }

  func sign(type: String, _ claims: JSONObject) throws(Refusal) -> String {
    let state = try state()
    do throws(CryptoError) { return try keys.sign(type: type, claims, state) } catch {
      throw Refusal(.serverError, error.description, status: 500)
    }
  }

  /// Text that nobody can guess, of that many bytes.
  func random(_ count: Int) throws(Refusal) -> String {
    do throws(CryptoError) { return Base64URL.text(try crypto.randomBytes(count)) } catch {
      throw Refusal(.serverError, error.description, status: 500)
    }
  }

  /// How a token of ours stands in the store.
  func digest(_ text: String) -> [UInt8] { crypto.sha256(Array(text.utf8)) }
}

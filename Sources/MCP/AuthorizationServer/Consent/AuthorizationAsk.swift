import Authorization
import JSON

/// What a client asks a person for, checked as far as it can be without the person.
struct AuthorizationAsk: Sendable, Hashable {
  var client: String
  /// As the client calls itself. Foreign text.
  var clientName: String
  /// Empty for a device, which is answered by polling.
  var redirect: String
  var state: String?
  var scopes: Scopes
  var resource: String?
  var challenge: String
  var nonce: String?
  /// The key that the code is bound to.
  var thumbprint: String?
  /// The code that a device shows; nil for a request by a browser.
  var userCode: String?

  var json: JSON {
    var json: JSONObject = [
      "client": .string(client), "name": .string(clientName), "redirect": .string(redirect),
      "scopes": .string(scopes.text), "challenge": .string(challenge),
    ]
    for (name, value) in [
      ("state", state), ("resource", resource), ("nonce", nonce), ("jkt", thumbprint),
      ("user_code", userCode),
    ] {
      if let value { json[name] = .string(value) }
    }
    return .object(json)
  }

  init(client: StoredClient, redirect: String, scopes: Scopes, challenge: String) {
    self.client = client.id
    clientName = client.name
    self.redirect = redirect
    self.scopes = scopes
    self.challenge = challenge
  }

  /// Reads what this server has written itself; nil for anything else.
  init?(_ text: String) {
    do { self.init(try JSON.parse(text)) } catch { return nil }
  }

  init?(_ json: JSON) {
    func text(_ name: String) -> String? { json[name]?.string }
    guard let client = text("client"), let redirect = text("redirect") else { return nil }
    self.client = client
    self.redirect = redirect
    clientName = text("name") ?? client
    scopes = Scopes(text: text("scopes") ?? "")
    challenge = text("challenge") ?? ""
    state = text("state")
    resource = text("resource")
    nonce = text("nonce")
    thumbprint = text("jkt")
    userCode = text("user_code")
  }
}

package import HTTPCore
import JSON
package import SafeText

/// A word of somebody the authorization server trusts about who runs this: a platform's token, or the identity token of
/// a company's sign-in.
package struct TrustedWord: Sendable, Hashable {
  package var text: Secret
  /// The file it was read from, which the platform keeps fresh; nil where it cannot be read again.
  package var file: String?

  package init(_ text: Secret, file: String? = nil) {
    self.text = text
    self.file = file
  }
}

/// Where an identity token is swapped for a word to another authorization server (RFC 8693, ID-JAG).
package struct IdentityExchange: Sendable, Hashable {
  /// The company's identity provider, asked for its endpoint where none is given.
  package var issuer: String?
  package var endpoint: WebURL?
  package var client: ClientIdentity

  package init(issuer: String?, endpoint: WebURL?, clientID: String, secret: Secret?) {
    self.issuer = issuer
    self.endpoint = endpoint
    client = ClientIdentity(id: clientID, source: .given, secret: secret)
  }
}

/// How a sign-in by somebody's word is renewed: the word is read anew, and swapped where it has to be.
package struct WordSource: Sendable, Hashable {
  var file: String
  var exchange: IdentityExchange?
}

// MARK: - As it is kept

extension WordSource {
  init?(_ json: JSON?) {
    guard let json, let file = json["file"]?.string else { return nil }
    self.file = file
    guard let client = ClientIdentity(json["client"]) else { return }
    exchange = IdentityExchange(
      issuer: json["issuer"]?.string, endpoint: StoredGrant.url(json["endpoint"]),
      clientID: client.id, secret: client.secret)
    exchange?.client.method = client.method
  }

  /// Everything in plain text: for the file only.
  var stored: JSON {
    var object: JSONObject = ["file": .string(file)]
    object["issuer"] = (exchange?.issuer).map(JSON.string)
    object["endpoint"] = (exchange?.endpoint).map { .string($0.text) }
    object["client"] = exchange?.client.stored
    return .object(object)
  }
}

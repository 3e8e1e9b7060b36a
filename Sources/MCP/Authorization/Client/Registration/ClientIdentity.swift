import JSON
package import SafeText

/// Who we are to one authorization server.
package struct ClientIdentity: Sendable, Hashable {
  package enum Source: String, Sendable, Hashable {
    /// Registered beforehand, given by the user.
    case given
    /// The id is the address of a document about the client.
    case document
    /// Registered by us.
    case registered
  }

  package var id: String
  package var source: Source
  package var secret: Secret?
  /// The file of the private key that signs assertions, PEM.
  package var key: String?
  /// The key itself, where it is in no file.
  package var keyText: Secret?
  /// How it proves itself, where that is settled.
  package var method: TokenAuthentication?
  package var redirects: [String] = []
  /// What may be asked for at most, where the registration said so.
  package var scopes: Scopes?
  /// Seconds since 1970; nil for a secret that stays good.
  package var secretExpiry: Int64?

  package init(id: String, source: Source, secret: Secret? = nil) {
    self.id = id
    self.source = source
    self.secret = secret
  }

  var hasKey: Bool { key != nil || keyText != nil }

  /// Whether its registration can serve a sign-in to that redirect, asking for those scopes.
  func serves(_ wanted: Scopes?, at seconds: Int64) -> Bool {
    if let secretExpiry, secretExpiry <= seconds { return false }
    guard let scopes, let wanted else { return true }
    return wanted.subtracting(scopes).isEmpty
  }
}

// MARK: - As it is kept

extension ClientIdentity {
  init?(_ json: JSON?) {
    guard let json, let id = json["id"]?.string,
      let source = json["source"]?.string.flatMap(Source.init)
    else { return nil }
    self.init(id: id, source: source, secret: (json["secret"]?.string).map { Secret($0) })
    key = json["key"]?.string
    keyText = (json["keyText"]?.string).map { Secret($0) }
    method = json["method"]?.string.flatMap(TokenAuthentication.init)
    redirects = json.strings("redirects") ?? []
    scopes = Scopes(json["scopes"])
    secretExpiry = json["secretExpiry"]?.int.map(Int64.init)
  }

  /// Everything, the secret in plain text: for the file only.
  var stored: JSON {
    var object: JSONObject = ["id": .string(id), "source": .string(source.rawValue)]
    object["secret"] = secret.map { .string($0.reveal()) }
    object["key"] = key.map(JSON.string)
    object["keyText"] = keyText.map { .string($0.reveal()) }
    object["method"] = method.map { .string($0.rawValue) }
    if !redirects.isEmpty { object["redirects"] = .array(redirects.map(JSON.string)) }
    object["scopes"] = scopes.map { .string($0.text) }
    object["secretExpiry"] = secretExpiry.map { .number(JSONNumber($0)) }
    return .object(object)
  }
}

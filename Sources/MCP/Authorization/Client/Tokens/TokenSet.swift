import JSON
package import SafeText

/// What a token endpoint gave.
package struct TokenSet: Sendable, Hashable {
  package var access: Secret
  /// `Bearer` or `DPoP`.
  package var type: String
  /// Seconds since 1970, nil where the server does not say.
  package var expiry: Int64?
  package var refresh: Secret?
  /// What was granted.
  package var scopes: Scopes?
  package var identity: Secret?

  package init(
    access: Secret, type: String = "Bearer", expiry: Int64? = nil, refresh: Secret? = nil,
    scopes: Scopes? = nil, identity: Secret? = nil
  ) {
    self.access = access
    self.type = type
    self.expiry = expiry
    self.refresh = refresh
    self.scopes = scopes
    self.identity = identity
  }

  /// Whether it is used up, or will be before a request with it arrives.
  package func isStale(at seconds: Int64, margin: Int64 = 30) -> Bool {
    expiry.map { $0 - margin <= seconds } ?? false
  }

  /// The value of the `Authorization` header.
  package var header: String { "\(type) \(access.reveal())" }
}

// MARK: - As it is kept

extension TokenSet {
  init?(_ json: JSON?) {
    guard let json, let access = json["access"]?.string else { return nil }
    func secret(_ name: String) -> Secret? { (json[name]?.string).map { Secret($0) } }
    self.init(
      access: Secret(access), type: json["type"]?.string ?? "Bearer",
      expiry: json["expiry"]?.int.map(Int64.init), refresh: secret("refresh"),
      scopes: Scopes(json["scopes"]), identity: secret("identity"))
  }

  /// Everything in plain text: for the file only.
  var stored: JSON {
    var object: JSONObject = ["access": .string(access.reveal()), "type": .string(type)]
    object["expiry"] = expiry.map { .number(JSONNumber($0)) }
    object["refresh"] = refresh.map { .string($0.reveal()) }
    object["scopes"] = scopes.map { .string($0.text) }
    object["identity"] = identity.map { .string($0.reveal()) }
    return .object(object)
  }
}

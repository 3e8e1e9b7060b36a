import Crypto
import JSON

/// A public key as JSON (RFC 7517).
struct PublicJWK: Sendable, Hashable {
  let numbers: PublicNumbers
  var id: String?

  init(_ numbers: PublicNumbers, id: String? = nil) {
    self.numbers = numbers
    self.id = id
  }

  /// Nil for kinds that are not known, and for a key that shows its private half.
  init?(_ json: JSON) {
    func bytes(_ name: String) -> [UInt8]? { json[name]?.string.flatMap(Base64URL.bytes) }
    guard json["d"] == nil, json["k"] == nil else { return nil }
    id = json["kid"]?.string
    switch (json["kty"]?.string, json["crv"]?.string) {
    case ("EC", "P-256"):
      guard let x = bytes("x"), let y = bytes("y") else { return nil }
      numbers = .p256(x: x, y: y)
    case ("RSA", _):
      guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
      numbers = .rsa(modulus: modulus, exponent: exponent)
    case ("OKP", "Ed25519"):
      guard let x = bytes("x") else { return nil }
      numbers = .ed25519(x)
    default: return nil
    }
  }

  /// The members that make up the key, in the order of their names.
  var json: JSONObject {
    switch numbers {
    case .p256(let x, let y):
      [
        "crv": "P-256", "kty": "EC", "x": .string(Base64URL.text(x)),
        "y": .string(Base64URL.text(y)),
      ]
    case .rsa(let modulus, let exponent):
      [
        "e": .string(Base64URL.text(exponent)), "kty": "RSA",
        "n": .string(Base64URL.text(modulus)),
      ]
    case .ed25519(let key):
      ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64URL.text(key))]
    }
  }

  /// What stands for the key in tokens that are bound to it (RFC 7638).
  func thumbprint(_ crypto: CryptoLibrary) -> String {
    Base64URL.text(crypto.sha256(JSON.object(json).compactBytes))
  }

  /// The keys of a set. Those that cannot be used are left out.
  static func set(_ json: JSON?) -> [PublicJWK] {
    json?["keys"]?.array?.compactMap(PublicJWK.init) ?? []
  }
}

extension CompactJWT {
  /// Whether one of the keys signed it; those of another name than the header's are not tried.
  func isSigned(byOneOf keys: [PublicJWK], _ crypto: CryptoLibrary) -> Bool {
    let wanted = header["kid"]?.string
    return keys.contains { key in
      if let wanted, let id = key.id, id != wanted { return false }
      return VerifyingKey(key.numbers, crypto).map(isSigned) ?? false
    }
  }
}

import Crypto
import JSON
import SafeText

/// A JWT that we sign.
struct SignedJWT {
  var header: JSONObject
  var claims: JSONObject

  func signed(by key: SigningKey) throws(AuthorizationFailure) -> Secret {
    var header = header
    header["alg"] = .string(key.algorithm.rawValue)
    let parts = [header, claims].map { Base64URL.text(JSON.object($0).compactBytes) }
    let signed = parts.joined(separator: ".")
    do throws(CryptoError) {
      return Secret(signed + "." + Base64URL.text(try key.sign(Array(signed.utf8))))
    } catch {
      throw .noKey(error.description)
    }
  }
}

extension AuthorizationDesk {
  private static let assertionLife: Int64 = 300

  /// The client's word about itself, signed; nil where it proves itself otherwise.
  func assertion(
    of client: ClientIdentity, _ method: TokenAuthentication, for audience: String
  ) throws(AuthorizationFailure) -> Secret? {
    guard method == .privateKey else { return nil }
    let key = try signingKey(of: client)
    let claims: JSONObject = [
      "iss": .string(client.id), "sub": .string(client.id), "aud": .string(audience),
      "iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + Self.assertionLife)),
      "jti": .string(try nonce()),
    ]
    return try SignedJWT(header: ["typ": "JWT"], claims: claims).signed(by: key)
  }

  private func signingKey(of client: ClientIdentity) throws(AuthorizationFailure) -> SigningKey {
    let name = client.keyText == nil ? client.key ?? "" : "what was given"
    guard client.hasKey else { throw .noKey("private_key_jwt needs one, none was given") }
    var text = client.keyText?.reveal()
    if let path = client.key, text == nil {
      guard let bytes = try WholeFile.read(path) else { throw .noKey("\(path) is not there") }
      text = String(decoding: bytes, as: UTF8.self)
    }
    guard let key = text.flatMap({ SigningKey(pem: $0, crypto) }) else {
      throw .noKey("\(name) holds no P-256, RSA or Ed25519 key in PEM without a password")
    }
    return key
  }

  func nonce() throws(AuthorizationFailure) -> String {
    do throws(CryptoError) { return Base64URL.text(try crypto.randomBytes(16)) } catch {
      throw .noCrypto(error.description)
    }
  }
}

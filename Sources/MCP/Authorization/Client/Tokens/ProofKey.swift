import Crypto
package import HTTPCore
import JSON
package import SafeText

/// The key that tokens are bound to (RFC 9449): who shows such a token proves with each request to have the key.
package struct ProofKey: Sendable {
  private let key: SigningKey
  private let jwk: JSONObject
  private let crypto: CryptoLibrary

  static let algorithm = "ES256"

  private init?(_ key: SigningKey, _ crypto: CryptoLibrary) {
    guard let point = key.point else { return nil }
    self.key = key
    self.crypto = crypto
    // In the order that the thumbprint is made over.
    jwk = [
      "crv": "P-256", "kty": "EC", "x": .string(Base64URL.text(point.x)),
      "y": .string(Base64URL.text(point.y)),
    ]
  }

  static func made(in crypto: CryptoLibrary) throws(AuthorizationFailure) -> ProofKey {
    do throws(CryptoError) {
      if let made = ProofKey(try SigningKey(newIn: crypto), crypto) { return made }
    } catch {
      throw .noCrypto(error.description)
    }
    throw .noCrypto("the crypto library makes no key for proofs")
  }

  init?(pem: Secret, _ crypto: CryptoLibrary) {
    guard let key = SigningKey(pem: pem.reveal(), crypto) else { return nil }
    self.init(key, crypto)
  }

  func pem() throws(AuthorizationFailure) -> Secret {
    do throws(CryptoError) { return Secret(try key.pem()) } catch {
      throw .noCrypto(error.description)
    }
  }

  /// The name of the key, which a bound token carries (RFC 7638).
  var thumbprint: String { Base64URL.text(crypto.sha256(JSON.object(jwk).compactBytes)) }

  /// A proof for one request and no other; with the token's digest where a token goes along.
  package func proof(
    _ method: String, _ url: WebURL, token: Secret? = nil, nonce: String? = nil, at now: Int64
  ) throws(AuthorizationFailure) -> Secret {
    let id: [UInt8]
    do throws(CryptoError) { id = try crypto.randomBytes(16) } catch {
      throw .noCrypto(error.description)
    }
    var claims: JSONObject = [
      "jti": .string(Base64URL.text(id)), "htm": .string(method),
      "htu": .string(url.plain(url.path).text), "iat": .number(JSONNumber(now)),
    ]
    claims["ath"] = token.map {
      .string(Base64URL.text(crypto.sha256(Array($0.reveal().utf8))))
    }
    claims["nonce"] = nonce.map(JSON.string)
    return try SignedJWT(header: ["typ": "dpop+jwt", "jwk": .object(jwk)], claims: claims)
      .signed(by: key)
  }
}

/// The numbers that servers want to see in the next proof, by origin.
struct ProofNonces {
  private var known: [Origin: String] = [:]

  private static let limit = 64

  subscript(url: WebURL) -> String? { url.origin.flatMap { known[$0] } }

  /// Takes what came with an answer; true where it is news.
  mutating func note(_ nonce: String?, from url: WebURL) -> Bool {
    guard let nonce, let origin = url.origin, known[origin] != nonce else { return false }
    if known.count >= Self.limit { known = [:] }
    known[origin] = nonce
    return true
  }
}

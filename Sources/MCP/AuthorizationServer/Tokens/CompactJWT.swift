import Authorization
import Crypto
import JSON

/// A JWT taken apart, not yet believed.
struct CompactJWT {
  let header: JSON
  let claims: JSON
  private let signed: [UInt8]
  private let signature: [UInt8]

  /// Nil for text that is no signed JWT.
  init?(_ token: String) {
    guard let cut = token.utf8.lastIndex(of: UInt8(ascii: ".")), let parts = UnverifiedJWT(token),
      let signature = Base64URL.bytes(String(token[token.utf8.index(after: cut)...]))
    else { return nil }
    header = parts.header
    claims = parts.claims
    signed = Array(token.utf8[..<cut])
    self.signature = signature
  }

  /// Whether that key signed it, by the algorithm that the header names.
  func isSigned(by key: VerifyingKey) -> Bool {
    header["alg"]?.string == key.algorithm.rawValue && key.verifies(signature, of: signed)
  }

  /// Whether a text has the three parts of one.
  static func hasShape(_ text: String) -> Bool {
    var dots = 0
    for byte in text.utf8 where byte == UInt8(ascii: ".") { dots += 1 }
    return dots == 2
  }

  func audienceContains(_ names: Set<String>) -> Bool {
    if let one = claims["aud"]?.string { return names.contains(one) }
    return claims["aud"]?.array?.contains { $0.string.map(names.contains) ?? false } ?? false
  }

  static func text(
    type: String, _ claims: JSONObject, by key: SigningKey, named id: String
  ) throws(CryptoError) -> String {
    let header: JSON = [
      "alg": .string(key.algorithm.rawValue), "typ": .string(type), "kid": .string(id),
    ]
    let parts = [header, JSON.object(claims)].map { Base64URL.text($0.compactBytes) }
    let signed = parts.joined(separator: ".")
    return signed + "." + Base64URL.text(try key.sign(Array(signed.utf8)))
  }
}

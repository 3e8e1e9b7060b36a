import Crypto
import EventLoop
import JSON

/// The keys of this issuer, read from their texts once.
@LoopActor
final class SigningKeys {
  private struct Known {
    let signing: SigningKey
    let verifying: VerifyingKey
    let jwk: PublicJWK
  }

  private let crypto: CryptoLibrary
  private var known: [IssuerState.Key: Known] = [:]

  init(_ crypto: CryptoLibrary) { self.crypto = crypto }

  func sign(
    type: String, _ claims: JSONObject, _ state: IssuerState
  ) throws(CryptoError) -> String {
    guard let newest = state.keys.first, let key = find(newest) else {
      throw .failed("finding a key to sign with")
    }
    return try CompactJWT.text(type: type, claims, by: key.signing, named: newest.id)
  }

  func isOurs(_ token: CompactJWT, _ state: IssuerState) -> Bool {
    guard let row = state.keys.first(where: { $0.id == token.header["kid"]?.string }),
      let key = find(row)
    else { return false }
    return token.isSigned(by: key.verifying)
  }

  func publicSet(_ state: IssuerState) -> JSON {
    let keys = state.keys.compactMap { row -> JSON? in
      guard let key = find(row) else { return nil }
      var json = key.jwk.json
      json["kid"] = .string(row.id)
      json["use"] = "sig"
      json["alg"] = .string(key.verifying.algorithm.rawValue)
      return .object(json)
    }
    return ["keys": .array(keys)]
  }

  private func find(_ row: IssuerState.Key) -> Known? {
    if let found = known[row] { return found }
    guard let signing = SigningKey(pem: row.pem, crypto), let numbers = signing.publicNumbers,
      let verifying = VerifyingKey(numbers, crypto)
    else { return nil }
    let made = Known(signing: signing, verifying: verifying, jwk: PublicJWK(numbers))
    known[row] = made
    return made
  }
}

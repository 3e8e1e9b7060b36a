import Authorization
import Crypto
import EventLoop
import HTTPCore
import JSON

/// Checks proofs that whoever shows a token holds its key (RFC 9449).
@LoopActor
final class ProofOfPossession {
  private let crypto: CryptoLibrary
  private let clock: any LoopClock
  private var seen = ReplayGuard()

  static let algorithms = SigningKey.Algorithm.allCases.map(\.rawValue)
  /// How far a proof's time may be from ours, in seconds.
  private static let window: Int64 = 300
  private static let nonceLife: Int64 = 300

  init(_ crypto: CryptoLibrary, clock: any LoopClock) {
    self.crypto = crypto
    self.clock = clock
  }

  /// What a proof has to fit.
  struct Occasion {
    let method: String
    /// Without query and fragment.
    let url: String
    /// The token that comes with it, where one does.
    var token: String?
    /// The key of nonces, where proofs must have one.
    var nonceSeal: [UInt8]?
  }

  /// The thumbprint of the key; nil where no proof was sent.
  func check(_ fields: HTTPFields, _ occasion: Occasion) throws(Refusal) -> String? {
    let values = fields.all("DPoP")
    guard let value = values.first else { return nil }
    guard values.count == 1 else { throw Self.bad("there is more than one DPoP header") }
    guard let proof = CompactJWT(value), let json = proof.header["jwk"],
      proof.header["typ"]?.string?.lowercased() == "dpop+jwt"
    else { throw Self.bad("the proof is no JWT of type dpop+jwt with a jwk") }
    guard let jwk = PublicJWK(json), let key = VerifyingKey(jwk.numbers, crypto) else {
      throw Self.bad("the proof's jwk is no public key of a known kind")
    }
    guard proof.isSigned(by: key) else { throw Self.bad("the proof's signature is wrong") }
    try check(proof.claims, occasion)
    return jwk.thumbprint(crypto)
  }

  private func check(_ claims: JSON, _ occasion: Occasion) throws(Refusal) {
    guard claims["htm"]?.string == occasion.method else {
      throw Self.bad("the proof is for another method")
    }
    guard Self.isSame(claims["htu"]?.string, occasion.url) else {
      throw Self.bad("the proof is for another address, not for \(occasion.url)")
    }
    let now = clock.seconds
    guard let issued = claims["iat"]?.int, abs(Int64(clamping: issued) - now) <= Self.window else {
      throw Self.bad("the proof is too old, too new or without iat; it is \(now) here")
    }
    if let token = occasion.token {
      let digest = Base64URL.text(crypto.sha256(Array(token.utf8)))
      guard claims["ath"]?.string == digest else {
        throw Self.bad("the proof is for another token")
      }
    }
    if let seal = occasion.nonceSeal { try checkNonce(claims["nonce"]?.string, seal, now) }
    guard let id = claims["jti"]?.string, !id.isEmpty, id.utf8.count <= 256 else {
      throw Self.bad("the proof has no jti")
    }
    guard seen.take(id, until: now + 2 * Self.window, now: now) else {
      throw Self.bad("the proof was used before")
    }
  }

  private static func bad(_ text: String) -> Refusal { Refusal(.invalidProof, text) }

  private static func isSame(_ given: String?, _ url: String) -> Bool {
    guard let given else { return false }
    do {
      let (left, right) = (try WebURL(given), try WebURL(url))
      return left.isSameOrigin(as: right) && left.path == right.path
    } catch { return false }
  }

  // MARK: - Nonces

  /// A nonce says when it was made and that this issuer made it; nothing is kept of it.
  func nonce(_ seal: [UInt8]) -> String { nonce(seal, clock.seconds / Self.nonceLife) }

  private func nonce(_ seal: [UInt8], _ period: Int64) -> String {
    let text = "nonce \(period)"
    // Without a digest the nonce is one that nobody can have.
    do throws(CryptoError) {
      return Base64URL.text(try crypto.hmacSHA256(key: seal, Array(text.utf8)))
    } catch { return "" }
  }

  private func checkNonce(_ given: String?, _ seal: [UInt8], _ now: Int64) throws(Refusal) {
    let period = now / Self.nonceLife
    let good = [period, period - 1].map { nonce(seal, $0) }
    if let given, !given.isEmpty, good.contains(given) { return }
    throw Refusal(
      .useNonce, "the proof must have the nonce of this server",
      fields: ["DPoP-Nonce": good[0]])
  }
}

extension LoopClock {
  /// Seconds since 1970.
  nonisolated var seconds: Int64 { wallTime.microseconds / 1_000_000 }
}

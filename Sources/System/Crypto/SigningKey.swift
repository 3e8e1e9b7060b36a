import CCrypto

/// A private key that signs: P-256, RSA or Ed25519.
///
/// The key is not changed once it is made, and libcrypto signs with one key from many threads.
package final class SigningKey: @unchecked Sendable {
  /// The algorithm's name in JWTs.
  package enum Algorithm: String, Sendable, Hashable, CaseIterable {
    case es256 = "ES256"
    case rs256 = "RS256"
    case edDSA = "EdDSA"
  }

  package let algorithm: Algorithm
  private let key: OpaquePointer

  /// A key of a PEM text without a password; nil for anything else.
  package init?(pem: String, _ library: CryptoLibrary) {
    var pem = pem
    let read = pem.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.flatMap { ccrypto_key_read($0, text.count) }
      }
    }
    guard let read else { return nil }
    guard let algorithm = Self.algorithms[Int(ccrypto_key_kind(read))] else {
      ccrypto_key_free(read)
      return nil
    }
    key = read
    self.algorithm = algorithm
  }

  /// A new key on the curve P-256.
  package init(newIn library: CryptoLibrary) throws(CryptoError) {
    guard let made = ccrypto_key_make() else { throw .failed("making a key") }
    key = made
    algorithm = .es256
  }

  deinit { ccrypto_key_free(key) }

  private static let algorithms: [Int: Algorithm] = [
    CCRYPTO_KEY_P256: .es256, CCRYPTO_KEY_RSA: .rs256, CCRYPTO_KEY_ED25519: .edDSA,
  ]

  /// The signature as JWTs have it: for P-256 the two numbers at their full length.
  package func sign(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 1024)
    let size = ccrypto_key_sign(key, bytes, bytes.count, &out, out.count)
    guard size > 0 else { throw .failed("signing") }
    let signature = Array(out[..<size])
    guard algorithm == .es256 else { return signature }
    guard let plain = DERSignature.plain(signature) else { throw .failed("signing") }
    return plain
  }

  /// What others check signatures of a P-256 key with; nil for other keys.
  package var publicNumbers: PublicNumbers? { point.map { .p256(x: $0.x, y: $0.y) } }

  /// The point of a P-256 key, 32 bytes each; nil for other keys.
  package var point: (x: [UInt8], y: [UInt8])? {
    var point = [UInt8](repeating: 0, count: 65)
    guard algorithm == .es256, ccrypto_key_point(key, &point) == 1 else { return nil }
    return (Array(point[1..<33]), Array(point[33..<65]))
  }

  package func pem() throws(CryptoError) -> String {
    var out = [CChar](repeating: 0, count: 8192)
    let size = ccrypto_key_write(key, &out, out.count)
    guard size > 0 else { throw .failed("writing a key") }
    return String(decoding: out[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

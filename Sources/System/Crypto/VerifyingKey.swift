import CCrypto

/// What a public key is made of.
package enum PublicNumbers: Sendable, Hashable {
  case p256(x: [UInt8], y: [UInt8])
  case rsa(modulus: [UInt8], exponent: [UInt8])
  case ed25519([UInt8])
}

/// A public key that checks signatures.
///
/// The key is not changed once it is made, and libcrypto checks with one key from many threads.
package final class VerifyingKey: @unchecked Sendable {
  package let algorithm: SigningKey.Algorithm
  private let key: OpaquePointer

  /// Nil for numbers that are no key, or one that is too weak.
  package init?(_ numbers: PublicNumbers, _ library: CryptoLibrary) {
    guard let der = numbers.der, let read = ccrypto_public_key_read(der, der.count) else {
      return nil
    }
    key = read
    algorithm = numbers.algorithm
  }

  deinit { ccrypto_key_free(key) }

  /// `signature` is in the form that JWTs have.
  package func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    let given = algorithm == .es256 ? DERSignature.der(signature) : signature
    guard let given, !given.isEmpty else { return false }
    return ccrypto_key_verify(key, bytes, bytes.count, given, given.count) == 1
  }
}

extension PublicNumbers {
  package var algorithm: SigningKey.Algorithm {
    switch self {
    case .p256: .es256
    case .rsa: .rs256
    case .ed25519: .edDSA
    }
  }

  /// Between 2048 and 8192 bits: less is weak, more is work for whoever must check.
  private static let modulusSizes = 256...1024

  /// SubjectPublicKeyInfo; nil for numbers of the wrong size.
  fileprivate var der: [UInt8]? {
    switch self {
    case .p256(let x, let y):
      guard x.count == 32, y.count == 32 else { return nil }
      return DER.sequence(Self.p256 + DER.bits([4] + x + y))
    case .rsa(let modulus, let exponent):
      let digits = modulus.drop { $0 == 0 }
      guard Self.modulusSizes.contains(digits.count), (1...8).contains(exponent.count) else {
        return nil
      }
      let numbers = DER.sequence(DER.number(digits) + DER.number(exponent))
      return DER.sequence(Self.rsa + DER.bits(numbers))
    case .ed25519(let key):
      guard key.count == 32 else { return nil }
      return DER.sequence(Self.ed25519 + DER.bits(key))
    }
  }

  // The names of the algorithms, as SubjectPublicKeyInfo has them.
  private static let p256: [UInt8] = [
    0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
    0xCE, 0x3D, 0x03, 0x01, 0x07,
  ]
  private static let rsa: [UInt8] = [
    0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
  ]
  private static let ed25519: [UInt8] = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70]
}

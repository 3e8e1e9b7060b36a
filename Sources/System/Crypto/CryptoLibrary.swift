import CCrypto

/// OpenSSL's libcrypto, loaded when the first value of this type is made: to have one is to have the library.
package struct CryptoLibrary: Sendable {
  private init() {}

  package static func load() throws(CryptoError) -> CryptoLibrary {
    if let reason = ccrypto_load() { throw .noLibrary(String(cString: reason)) }
    return CryptoLibrary()
  }

  package func sha256(_ bytes: [UInt8]) -> [UInt8] {
    Self.digest { digest in
      bytes.withUnsafeBytes { ccrypto_sha256($0.baseAddress, $0.count, digest) }
    }
  }

  package func hmacSHA256(key: [UInt8], _ message: [UInt8]) throws(CryptoError) -> [UInt8] {
    var isDone = false
    let code = Self.digest { digest in
      key.withUnsafeBytes { key in
        message.withUnsafeBytes { message in
          isDone =
            ccrypto_hmac_sha256(
              key.baseAddress, key.count, message.baseAddress, message.count, digest) == 1
        }
      }
    }
    guard isDone else { throw .failed("HMAC") }
    return code
  }

  /// A key from a password that people choose, PBKDF2 with HMAC-SHA-256.
  package func passwordKey(
    _ password: String, salt: [UInt8], rounds: Int, count: Int = 32
  ) throws(CryptoError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: count)
    var password = password
    let code = password.withUTF8 { password in
      password.withMemoryRebound(to: CChar.self) {
        ccrypto_pbkdf2_sha256(
          $0.baseAddress, $0.count, salt, salt.count, Int32(clamping: rounds), &key, count)
      }
    }
    guard code == 1 else { throw .failed("PBKDF2") }
    return key
  }

  package func randomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard ccrypto_random(&bytes, count) == 1 else { throw .noRandomness }
    return bytes
  }

  /// Compares in a time that does not tell where two texts of one length differ.
  package func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.isEmpty || ccrypto_compare(left, right, left.count) == 0
  }

  private static func digest(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(CCRYPTO_SHA256_BYTES)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      fill(start)
      count = Int(CCRYPTO_SHA256_BYTES)
    }
  }
}

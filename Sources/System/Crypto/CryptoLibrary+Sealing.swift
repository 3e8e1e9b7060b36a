import CCrypto

// What is kept where others might read or change it: AES-256 in Galois/counter mode.
extension CryptoLibrary {
  package static let sealKeySize = Int(CCRYPTO_SEAL_KEY_BYTES)

  private static let nonceSize = Int(CCRYPTO_NONCE_BYTES)
  private static let tagSize = Int(CCRYPTO_TAG_BYTES)

  /// The bytes encrypted, in a form that opens with the same key and context only.
  package func seal(
    _ bytes: [UInt8], key: [UInt8], context: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    guard key.count == Self.sealKeySize, bytes.count < 1 << 30 else { throw .failed("sealing") }
    let nonce = try randomBytes(Self.nonceSize)
    var out = [UInt8](repeating: 0, count: bytes.count + Self.tagSize)
    guard
      ccrypto_seal(key, nonce, context, context.count, bytes, bytes.count, &out) == 1
    else { throw .failed("sealing") }
    return nonce + out
  }

  /// Nil for what was sealed otherwise or changed since.
  package func open(_ sealed: [UInt8], key: [UInt8], context: [UInt8]) -> [UInt8]? {
    let rest = sealed.count - Self.nonceSize
    guard key.count == Self.sealKeySize, rest >= Self.tagSize, rest < 1 << 30 else { return nil }
    // One byte more than is needed: an empty text needs a place too.
    var out = [UInt8](repeating: 0, count: rest - Self.tagSize + 1)
    let body = Array(sealed.dropFirst(Self.nonceSize))
    guard
      ccrypto_open(key, sealed, context, context.count, body, body.count, &out) == 1
    else { return nil }
    return Array(out.dropLast())
  }
}

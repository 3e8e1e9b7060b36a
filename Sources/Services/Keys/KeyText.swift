import Crypto
package import SafeText

/// The text of a key: prefix, an id of ten characters, a secret of thirty-two.
enum KeyText {
  static let idCount = 10
  static let secretCount = 32

  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Each character as likely as any other: bytes beyond the last whole alphabet are thrown away.
  static func random(_ count: Int, _ crypto: CryptoLibrary) throws(CryptoError) -> String {
    var characters: [UInt8] = []
    while characters.count < count {
      for byte in try crypto.randomBytes(count * 2) where byte < 248 && characters.count < count {
        characters.append(alphabet[Int(byte) % alphabet.count])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// The id inside a text that has the form of a key.
  static func id(in text: String) -> Substring? {
    let bytes = text.utf8
    guard (idCount + secretCount + 1...256).contains(bytes.count),
      let cut = bytes.lastIndex(of: 0x5F)
    else { return nil }
    let rest = text[bytes.index(after: cut)...]
    guard rest.utf8.count == idCount + secretCount,
      rest.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      })
    else { return nil }
    return rest[..<rest.utf8.index(rest.startIndex, offsetBy: idCount)]
  }

  static func hash(_ text: String, salt: [UInt8], _ crypto: CryptoLibrary) -> [UInt8] {
    crypto.sha256(salt + text.utf8)
  }
}

/// A key that has just been made, with its text: to be shown once and kept nowhere.
package struct MintedKey: Sendable {
  package let key: APIKey
  package let text: Secret
}

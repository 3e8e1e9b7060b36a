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
    guard (idCount + secretCount + 1...256).contains(bytes.count) else { return nil }
    let start = bytes.index(bytes.endIndex, offsetBy: -(idCount + secretCount))
    guard bytes[bytes.index(before: start)] == 0x5F, bytes[start...].allSatisfy(isInAlphabet)
    else { return nil }
    return text[start..<bytes.index(start, offsetBy: idCount)]
  }

  private static func isInAlphabet(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
  }

  static func hash(_ text: String, salt: [UInt8], _ crypto: CryptoLibrary) -> [UInt8] {
    var bytes = salt
    bytes.reserveCapacity(salt.count + text.utf8.count)
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
    return crypto.sha256(bytes)
  }
}

/// A key that has just been made, with its text: to be shown once and kept nowhere.
package struct MintedKey: Sendable {
  package let key: APIKey
  package let text: Secret
}

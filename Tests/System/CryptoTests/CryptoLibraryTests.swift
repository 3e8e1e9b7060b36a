import Crypto
import Testing

@Suite struct CryptoLibraryTests {
  private let crypto: CryptoLibrary

  init() throws { crypto = try CryptoLibrary.load() }

  @Test func `digests are those of the standards`() throws {
    let rows = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ]
    for (text, digest) in rows {
      #expect(Hexadecimal.text(crypto.sha256(Array(text.utf8))) == digest)
    }
    let code = try crypto.hmacSHA256(
      key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
    #expect(
      Hexadecimal.text(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let key = try crypto.passwordKey("password", salt: Array("salt".utf8), rounds: 4096)
    #expect(
      Hexadecimal.text(key) == "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a")
    #expect(try crypto.hmacSHA256(key: [], []).count == 32)
  }

  @Test func `random bytes differ and equality looks at every byte`() throws {
    let bytes = try crypto.randomBytes(32)
    #expect(try crypto.randomBytes(32) != bytes)
    var other = bytes
    other[31] ^= 1
    #expect(crypto.isEqual(bytes, bytes) && !crypto.isEqual(bytes, other))
    #expect(!crypto.isEqual(bytes, []) && crypto.isEqual([], []))
  }

  @Test func `base64url has one text for every bytes`() {
    let rows: [([UInt8], String)] = [
      ([], ""), ([0], "AA"), ([0xFF], "_w"), ([0xFB, 0xFF], "-_8"), ([1, 2, 3], "AQID"),
      ([1, 2, 3, 4], "AQIDBA"),
    ]
    for (bytes, text) in rows {
      #expect(Base64URL.text(bytes) == text)
      #expect(Base64URL.bytes(text) == bytes)
    }
    for text in ["A", "AB", "AA=", "A A", "+w", "/w", "ä", "AAA\n"] {
      #expect(Base64URL.bytes(text) == nil, "\(text)")
    }
  }
}

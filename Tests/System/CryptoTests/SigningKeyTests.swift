import Testing

@testable import Crypto

@Suite struct SigningKeyTests {
  @Test func `a new key signs, and is the same after it was kept`() throws {
    let library = try CryptoLibrary.load()
    let key = try SigningKey(newIn: library)
    #expect(key.algorithm == .es256)
    #expect(try key.sign(Array("words".utf8)).count == 64)
    let again = try #require(SigningKey(pem: try key.pem(), library))
    #expect(again.point?.x == key.point?.x && again.point?.y == key.point?.y)
    #expect(key.point?.x.count == 32)
  }

  @Test(arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
  func `what is no private key is none`(text: String) throws {
    #expect(SigningKey(pem: text, try CryptoLibrary.load()) == nil)
  }

  @Test(
    arguments: [
      ([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02], true),
      ([0x30, 0x08, 0x02, 0x02, 0x00, 0x81, 0x02, 0x02, 0x00, 0xFF], true),
      ([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x02, 0x02], false),
      ([0x30, 0x05, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02], false),
      ([0x31, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02], false),
      ([], false), ([0x30], false), ([0x30, 0x00], false),
      ([0x30, 0x03, 0x02, 0x7F, 0x01], false),
    ] as [([UInt8], Bool)])
  func `a signature of two numbers is read to its full length`(der: [UInt8], isOne: Bool) {
    let plain = DERSignature.plain(der)
    #expect((plain != nil) == isOne)
    #expect(plain.map { $0.count == 64 } ?? true)
  }
}

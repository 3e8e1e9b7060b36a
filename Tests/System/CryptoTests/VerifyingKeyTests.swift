import Testing

@testable import Crypto

struct VerifyingKeyTests {
  private let crypto: CryptoLibrary

  init() throws { crypto = try CryptoLibrary.load() }

  @Test func `a signature is good for its key and its bytes alone`() throws {
    let key = try SigningKey(newIn: crypto)
    let other = try SigningKey(newIn: crypto)
    let signature = try key.sign(Array("hello".utf8))
    let checks = try #require(key.publicNumbers.flatMap { VerifyingKey($0, crypto) })
    let foreign = try #require(other.publicNumbers.flatMap { VerifyingKey($0, crypto) })
    #expect(checks.verifies(signature, of: Array("hello".utf8)))
    #expect(!checks.verifies(signature, of: Array("hellO".utf8)))
    #expect(!foreign.verifies(signature, of: Array("hello".utf8)))
    #expect(!checks.verifies(Array(signature.dropLast()), of: Array("hello".utf8)))
    #expect(!checks.verifies([], of: Array("hello".utf8)))
  }

  @Test func `a signature of Ed25519 from the standard is good`() throws {
    // RFC 8032, 7.1, test 2.
    let key = try #require(
      Hexadecimal.bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    let signature = try #require(
      Hexadecimal.bytes(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
    let checks = try #require(VerifyingKey(.ed25519(key), crypto))
    #expect(checks.algorithm == .edDSA)
    #expect(checks.verifies(signature, of: [0x72]))
    #expect(!checks.verifies(signature, of: [0x73]))
  }

  @Test func `numbers that are no key make none`() {
    let zeros = [UInt8](repeating: 0, count: 32)
    let rows: [PublicNumbers] = [
      .p256(x: zeros, y: zeros), .p256(x: [1], y: [2]), .ed25519([1, 2]),
      .rsa(modulus: [UInt8](repeating: 0xFF, count: 64), exponent: [1, 0, 1]),
      .rsa(modulus: [UInt8](repeating: 0xFF, count: 4096), exponent: [1, 0, 1]),
      .rsa(modulus: [], exponent: []),
    ]
    for row in rows { #expect(VerifyingKey(row, crypto) == nil) }
  }

  @Test func `a signature of RSA is good for its bytes alone`() throws {
    let modulus = try #require(Hexadecimal.bytes(RSASample.modulus))
    let signature = try #require(Hexadecimal.bytes(RSASample.signature))
    let checks = try #require(
      VerifyingKey(.rsa(modulus: modulus, exponent: [1, 0, 1]), crypto))
    #expect(checks.algorithm == .rs256)
    #expect(checks.verifies(signature, of: [1, 2, 3]))
    #expect(!checks.verifies(signature, of: [1, 2, 4]))
  }
}

/// A key of 2048 bits, and what it signed.
private enum RSASample {
  static let modulus =
    "c30bdc216aed4db130531df9681dba248393f02ac5bb15cdc85a64230e9f89b81fa9f98b51c97ebe"
    + "fe5044ae79a6fc8c37e51a182e3c09099b6de0ad73098e8ddf8c447aec2a9fe5510d731b392cf16a"
    + "7571b9dbc525e6e3d903f64cdab1654fd6c6400c0999e63af6068c8e07a0639da64cbfdc8fa7d1cf"
    + "db47214444e4aa2760b70311de3b6c97eff8f9054fd618a330d4bc4ae4c15dea20cfaa043c8cfd0c"
    + "84d9695640ead2c1931a09c21c9e598bee7abf7995b6dea4e5c138a6e087157c1873300c3300e50f"
    + "1094176a3713eda755a59ba5828368403a1c193b7c87e5564ef06b949d4362d4423defed6383bc21"
    + "03dd212731c12868dc882bdbe93acce7"
  static let signature =
    "8b639faa7938359f149e264afa0e7978bdbb4471f1cdb99ceb446f29702ad6ce91a893c48b94516d"
    + "55031d1ce75f13a6ad1ca2dad82b397dadceb95fafd9c2c47c3e6bc33ed943049a6dd21e7b23c071"
    + "c2a19fa6c06bbcc7eba05708732d9fde4daf5ffebb664be01682348ef51caa4603fa01cd054c500e"
    + "fe93295be833ac30419d0bf5b1e7f2917974a2a71181703dd9690af4f8f5c66021e10becd32c5a24"
    + "5b341c1d39322b1aa6808c0b3088df140b940adffe2961db2995c63c3e41386a4825c288a076773e"
    + "0c6bef3b7c6397ff9c72b8f5f7f946a91f8ff3a0bdb02e26d25945ff5d7f57be301c715e087b09cc"
    + "39e02f9ccdf93429093096ff38cd961b"
}

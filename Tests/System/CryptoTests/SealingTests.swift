import Testing

@testable import Crypto

@Suite struct SealingTests {
  private let crypto: CryptoLibrary
  private let key = [UInt8](repeating: 7, count: 32)

  init() throws { crypto = try CryptoLibrary.load() }

  @Test(arguments: [0, 1, 15, 16, 1000, 70_000])
  func `what is sealed opens with the same key and context`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let sealed = try crypto.seal(bytes, key: key, context: [1, 2])
    #expect(crypto.open(sealed, key: key, context: [1, 2]) == bytes)
    #expect(try crypto.seal(bytes, key: key, context: [1, 2]) != sealed)
    #expect(crypto.open(sealed, key: key, context: [1]) == nil)
    #expect(crypto.open(sealed, key: [UInt8](repeating: 8, count: 32), context: [1, 2]) == nil)
  }

  @Test func `a change anywhere keeps it shut`() throws {
    let sealed = try crypto.seal([1, 2, 3], key: key, context: [])
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      #expect(crypto.open(changed, key: key, context: []) == nil)
      #expect(crypto.open(Array(sealed.prefix(place)), key: key, context: []) == nil)
    }
  }

  @Test func `a key of another length is refused`() {
    #expect(throws: CryptoError.failed("sealing")) {
      try crypto.seal([], key: [1, 2], context: [])
    }
    #expect(crypto.open([UInt8](repeating: 0, count: 60), key: [1], context: []) == nil)
  }
}

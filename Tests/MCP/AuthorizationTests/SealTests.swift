import Crypto
import EventLoop
import Glibc
import HTTPCore
import SafeText
import TestSupport
import Testing

@testable import Authorization

/// Sign-ins whose files are encrypted.
@Suite(.inTurns) struct SealTests {
  private let folder = ScratchFolder()
  private let crypto: CryptoLibrary
  private let key = TokenSeal.key(Secret(Base64URL.text([UInt8](repeating: 5, count: 32))))
  private let other = TokenSeal.key(Secret(Base64URL.text([UInt8](repeating: 6, count: 32))))
  private let locked = TokenSeal.none(why: "the keyring is locked")

  init() throws { crypto = try CryptoLibrary.load() }

  private func store(_ seal: TokenSeal) -> TokenStore {
    TokenStore(folder: folder.path, crypto: crypto, seal: seal)
  }

  private func grant(_ server: String, at time: Int64 = 1) throws -> StoredGrant {
    var tokens = TokenSet(access: "the-access-token", type: "Bearer")
    tokens.refresh = "the-refresh-token"
    return StoredGrant(
      server: server, issuer: "https://as", resource: server,
      client: ClientIdentity(id: "c", source: .registered), method: .none, kind: .code,
      tokens: tokens, requested: nil, tokenEndpoint: try WebURL("https://as/token"),
      signedInAt: time)
  }

  private func files() throws -> String {
    try PrivateFolder(path: folder.file("tokens")).names(ending: ".json").map { name in
      String(decoding: try WholeFile.read(folder.file("tokens/\(name)")) ?? [], as: UTF8.self)
    }.joined(separator: "\n")
  }

  @Test func `with a key nothing of the tokens stands in the file`() throws {
    let grant = try grant("https://a/mcp")
    try store(key).save(grant)
    #expect(try files().contains("https://a/mcp") && !files().contains("token\""))
    #expect(try !files().contains("the-access") && TokenStore.holdsSealed(in: folder.path))
    #expect(try store(key).grant(for: "https://a/mcp") == grant)
    #expect(try store(key).grants() == [grant] && store(key).current(grant) == grant)
  }

  @Test func `without its key a sign-in says why it cannot be read, and others are not kept back`()
    throws
  {
    try store(key).save(try grant("https://a/mcp"))
    try store(locked).save(try grant("https://b/mcp"))
    #expect(throws: AuthorizationFailure.keyring("the keyring is locked")) {
      try store(locked).grant(for: "https://a/mcp")
    }
    #expect(try store(locked).grant(for: "https://b/mcp") != nil)
    #expect(try store(locked).readableGrant(for: "https://a/mcp") == nil)
    #expect(try store(other).grant(for: "https://a/mcp") == nil)
  }

  @Test func `a plain file stays readable and is encrypted when it is written anew`() throws {
    let grant = try grant("https://a/mcp")
    try store(.unasked).save(grant)
    #expect(!TokenStore.holdsSealed(in: folder.path))
    #expect(try store(key).grant(for: "https://a/mcp") == grant)
    try store(key).save(grant)
    #expect(try TokenStore.holdsSealed(in: folder.path) && !files().contains("the-access"))
  }

  @Test func `a file under another's name does not open`() throws {
    try store(key).save(try grant("https://a/mcp"))
    try store(key).save(try grant("https://b/mcp"))
    let names = PrivateFolder(path: folder.file("tokens")).names(ending: ".json")
    rename(folder.file("tokens/\(names[0])"), folder.file("tokens/\(names[1])"))
    #expect(try store(key).grants().isEmpty)
  }

  @Test func `a registration is encrypted with its secret`() throws {
    var client = ClientIdentity(id: "c", source: .registered)
    client.secret = "the-client-secret"
    try store(key).save(client, at: "https://as")
    #expect(try store(key).client(at: "https://as") == client)
    #expect(TokenStore.holdsSealed(in: folder.path))
    #expect(throws: AuthorizationFailure.keyring("the keyring is locked")) {
      try store(locked).client(at: "https://as")
    }
  }

  @Test func `without a bus there is no key, and the words say so`() {
    let seal = TokenSeal.load(environment: [:], folder: folder.path, crypto)
    #expect(seal == .none(why: "there is no session bus to ask for a Secret Service"))
    #expect(seal.words.hasPrefix("in a file for this user alone, not encrypted: there is no"))
    #expect("\(key)".contains("BQUF") == false)
  }
}

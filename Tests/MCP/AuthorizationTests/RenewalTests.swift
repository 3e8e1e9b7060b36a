import Crypto
import EventLoop
import Glibc
import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

@LoopActor @Suite(.inTurns) struct RenewalTests {
  private let server = FakeServer()
  private let folder: ScratchFolder
  private let store: TokenStore

  init() throws {
    folder = ScratchFolder()
    store = TokenStore(folder: folder.path, crypto: try CryptoLibrary.load())
  }

  private func grant(refresh: Secret? = "r") throws -> StoredGrant {
    let grant = StoredGrant(
      server: FakeServer.server, issuer: FakeServer.issuer, resource: FakeServer.server,
      client: ClientIdentity(id: "c", source: .registered), method: .none, kind: .code,
      tokens: TokenSet(access: "old", refresh: refresh, scopes: Scopes(text: "a")),
      requested: Scopes(text: "a b"), tokenEndpoint: try WebURL("https://auth.example.com/token"),
      signedInAt: 7)
    try store.save(grant)
    return grant
  }

  private func renewed(_ grant: StoredGrant) async throws -> Result<
    StoredGrant, AuthorizationFailure
  > {
    let desk = try server.desk(store)
    do throws(AuthorizationFailure) {
      return .success(try await desk.renewed(grant) { _ in })
    } catch {
      return .failure(error)
    }
  }

  @Test func `a rotated refresh token replaces the old one, in the file too`() async throws {
    let renewed = try await renewed(try grant()).get()
    #expect(renewed.tokens.access.reveal() == "token-1")
    #expect(
      server.forms[0]["refresh_token"] == "r" && server.forms[0]["resource"] == FakeServer.server)
    let kept = try #require(try store.grant(for: FakeServer.server))
    #expect(kept.tokens.refresh?.reveal() == "refresh-1" && kept.requested?.text == "a b")
    #expect(kept == renewed)
  }

  @Test func `what the answer leaves out stays`() async throws {
    server.instead["/token"] = [
      .success(.json(["access_token": "new", "token_type": "bearer"]))
    ]
    let renewed = try await renewed(try grant()).get()
    #expect(renewed.tokens.refresh?.reveal() == "r" && renewed.tokens.scopes?.text == "a")
  }

  @Test func `a failure that may pass loses nothing`() async throws {
    let outages: [AuthorizationOutcome] = [
      .failure(AuthorizationOutage(sentence: "no connection")), .success(.html(503)),
      .success(.json(["error": "temporarily_unavailable"], status: 503)), .success(.html(502)),
    ]
    for outage in outages {
      server.instead["/token"] = [outage]
      guard case .failure(let failure) = try await renewed(try grant()) else {
        Issue.record("went through")
        continue
      }
      #expect(failure.isTransient, "\(failure)")
      #expect(try store.grant(for: FakeServer.server)?.tokens.refresh?.reveal() == "r")
    }
  }

  @Test func `a revoked refresh token is not tried again`() async throws {
    server.instead["/token"] = [.success(.json(["error": "invalid_grant"], status: 400))]
    guard case .failure(let failure) = try await renewed(try grant()) else {
      Issue.record("went through")
      return
    }
    #expect(failure.code == "invalid_grant")
    let kept = try #require(try store.grant(for: FakeServer.server))
    #expect(kept.tokens.refresh == nil && kept.tokens.access.reveal() == "old")
    guard case .failure(.noRefreshToken) = try await renewed(kept) else {
      Issue.record("tried again")
      return
    }
    #expect(server.forms.count == 1)
  }

  @Test func `two that renew at once ask once`() async throws {
    let old = try grant()
    let first = try server.desk(store), second = try server.desk(store)
    async let one = first.renewed(old) { _ in }
    async let two = second.renewed(old) { _ in }
    let tokens = try await [one.tokens.access.reveal(), two.tokens.access.reveal()]
    #expect(tokens == ["token-1", "token-1"])
    #expect(server.tokens == 1)
  }

  @Test func `files are for the user alone and links are not followed`() throws {
    let grant = try grant()
    let tokens = "\(folder.path)/tokens"
    var status = stat()
    #expect(lstat(tokens, &status) == 0 && status.st_mode & 0o777 == 0o700)
    let name = try #require(PrivateFolder(path: tokens).names(ending: ".json").first)
    #expect(lstat("\(tokens)/\(name)", &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(unlink("\(tokens)/\(name)") == 0 && symlink("/etc/passwd", "\(tokens)/\(name)") == 0)
    #expect(throws: AuthorizationFailure.self) { try store.current(grant) }
    try store.save(grant)
    #expect(lstat("\(tokens)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG)
    #expect(try store.current(grant) == grant)
  }

  @Test func `a broken file hides no other`() throws {
    _ = try grant()
    try PrivateFolder(path: "\(folder.path)/tokens").write(Array("{".utf8), to: "0.json")
    #expect(try store.grants().count == 1)
  }

  @Test func `nothing secret is shown by accident`() throws {
    let grant = try grant(refresh: "very-secret-refresh")
    #expect(!"\(grant)".contains("very-secret-refresh"))
    #expect(!String(reflecting: grant.tokens).contains("very-secret-refresh"))
  }
}

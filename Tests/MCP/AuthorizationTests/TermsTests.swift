import Crypto
import EventLoop
import HTTPCore
import JSON
import SafeText
import TestSupport
import Testing

@testable import Authorization

/// What the user settled about a server once.
@LoopActor @Suite(.inTurns) struct TermsTests {
  private let server = FakeServer()

  private func outcome(
    before: StoredGrant? = nil, _ change: (inout SignInWish) -> Void = { _ in }
  ) async throws -> Result<StoredGrant, AuthorizationFailure> {
    let question = DiscoveryQuestion(
      policy: AddressPolicy(server: try WebURL(FakeServer.server)), challenge: nil)
    var wish = SignInWish(question, client: ClientWish(name: "Alidade"))
    change(&wish)
    let signIn = SignIn(wish, before: before, desk: try server.desk()) { _ in }
    do throws(AuthorizationFailure) { return .success(try await signIn.run(EagerConsent())) } catch
    {
      return .failure(error)
    }
  }

  private func code(
    before: StoredGrant? = nil, _ change: (inout SignInWish) -> Void = { _ in }
  ) async throws -> String {
    switch try await outcome(before: before, change) {
    case .success: "ok"
    case .failure(let failure): failure.code
    }
  }

  @Test func `an issuer that was accepted is accepted again, and no other`() async throws {
    server.metadata["issuer"] = "https://tenant.example.com"
    #expect(try await code() == "issuer-mismatch")
    let grant = try await outcome { $0.question.acceptsIssuerMismatch = true }.get()
    #expect(grant.terms.acceptedIssuer == "https://tenant.example.com")
    #expect(try await code(before: grant) == "ok")
    server.metadata["issuer"] = "https://evil.example.com"
    #expect(try await code(before: grant) == "issuer-mismatch")
  }

  @Test func `PKCE that need not be promised need not be promised again`() async throws {
    server.metadata["code_challenge_methods_supported"] = .null
    #expect(try await code() == "pkce-missing")
    let grant = try await outcome { $0.acceptsMissingS256 = true }.get()
    #expect(try await code(before: grant) == "ok")
    #expect(grant.terms.sentences == ["PKCE need not be promised"])
  }

  @Test func `what was said of the resource parameter stays said`() async throws {
    let silent = try await outcome { $0.sendsResource = false }.get()
    #expect(silent.resource == nil)
    #expect(try await outcome(before: silent).get().resource == nil)
    let other = try await outcome { $0.question.resource = "https://other.example.com" }.get()
    #expect(try await outcome(before: other).get().resource == "https://other.example.com")
    let changed = try await outcome(before: silent) { $0.question.resource = "https://x" }.get()
    #expect(changed.resource == "https://x", "the last word counts")
  }

  @Test func `what was settled is kept with the sign-in`() async throws {
    let folder = ScratchFolder()
    let store = TokenStore(folder: folder.path, crypto: try CryptoLibrary.load())
    var grant = try await outcome().get()
    #expect(grant.stored["terms"] == nil)
    grant.terms.issuer = FakeServer.issuer
    grant.terms.acceptedIssuer = "https://t"
    grant.terms.allowsPrivate = true
    grant.terms.acceptsMissingS256 = true
    grant.terms.omitsResource = true
    grant.proofKey = "key"
    try store.save(grant)
    #expect(try store.current(grant) == grant)
    #expect(grant.terms.sentences.count == 5)
  }
}

import EventLoop
import HTTPCore
import TestSupport
import Testing

@testable import MCPServer

@LoopActor @Suite(.inTurns) struct CredentialGateTests {
  /// Knows credentials that begin with its word.
  private final class WordCheck: CredentialCheck {
    let word: String
    nonisolated init(_ word: String) { self.word = word }

    func check(
      _ credentials: Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void
    ) {
      guard let shown = credentials.fields["Authorization"] else { return then(.notMine(nil)) }
      guard shown.hasPrefix(word) else {
        return then(.notMine(AccessDenial(error: "invalid_token", "that is no \(word)")))
      }
      if shown.hasSuffix("old") {
        return then(
          .bad(AccessDenial(error: "invalid_token", "the \(word) has expired", credential: word)))
      }
      then(.good(Caller(principal: shown, credential: word, scopes: ["read"])))
    }
  }

  private var refused: [String] { heard.denials.map(\.text) }
  private let heard = Heard()

  private final class Heard: Sendable {
    @LoopActor var denials: [AccessDenial] = []
    nonisolated init() {}
  }

  private func admission(_ shown: String?) -> Admission? {
    let gate = CredentialGate(
      [WordCheck("key"), WordCheck("token")], refused: { [heard] in heard.denials.append($1) })
    gate.resourceMetadata = "http://localhost/.well-known/x"
    var fields = HTTPFields()
    fields["Authorization"] = shown
    var found: Admission?
    gate.admit(Credentials(fields: fields, path: "/mcp", peer: "")) { found = $0 }
    return found
  }

  @Test func `each credential finds the check that knows it`() {
    for shown in ["key-1", "token-1"] {
      guard case .admitted(let caller) = admission(shown) else {
        Issue.record("\(shown)")
        continue
      }
      #expect(caller.principal == shown)
    }
    #expect(refused.isEmpty)
  }

  @Test func `who is not let in is told why, by the check that knows best`() {
    let rows = [
      (nil, "no credential was sent", nil as String?),
      ("key-old", "the key has expired", "invalid_token"),
      ("token-old", "the token has expired", "invalid_token"),
      ("other", "that is no token", "invalid_token"),
    ]
    for (shown, words, error) in rows {
      guard case .refused(let refusal) = admission(shown) else {
        Issue.record("\(words)")
        continue
      }
      #expect(refusal.status == 401)
      #expect(refusal.text == words.prefix(1).uppercased() + words.dropFirst() + ".")
      let challenge = refusal.fields["WWW-Authenticate"] ?? ""
      #expect(challenge.hasPrefix(#"Bearer realm="alidade""#))
      #expect(challenge.contains("error=") == (error != nil))
      #expect(challenge.hasSuffix(#"resource_metadata="http://localhost/.well-known/x""#))
    }
    #expect(refused == rows.map(\.1))
  }

  @Test func `what a scope is missing for is named, with all that is needed`() {
    let gate = CredentialGate([])
    let need = AccessNeed(kind: .tool, name: "add", scopes: ["read", "write"], isMutating: true)
    let caller = Caller(principal: "a", scopes: ["read"])
    guard case .denied(let refusal) = gate.judge(caller, need) else {
      Issue.record("allowed")
      return
    }
    #expect(refusal.status == 403)
    #expect(refusal.text == "'add' needs the scope write, which the credential lacks.")
    #expect(
      refusal.fields["WWW-Authenticate"]
        == #"Bearer realm="alidade", error="insufficient_scope", error_description="'add' needs the scope write, which the credential lacks", scope="read write""#
    )
    let writer = Caller(principal: "b", scopes: ["read", "write"])
    if case .denied = gate.judge(writer, need) { Issue.record("denied") }
  }
}

import AuthorizationServer
import CommandLineApp
import EventLoop
import Faults
import JSON
import TestSupport
import Testing

@testable import Operations

/// Every fault of the embedded stack that the doctor can meet, and the finding it must lead to.
@LoopActor
@Suite(.inTurns) struct DoctorFaultTests {
  private let scratch = ScratchFolder()

  /// The finding of each fault: error, warning or note.
  nonisolated static let rows: [String: String] = [
    "expired-key": "token-refused-by-server", "revoked-key": "token-refused-by-server",
    "wrong-scope": "call-failed",
    "rate-limit": "call-failed", "dropped-stream": "call-failed",
    "malformed-json": "broken-message", "wrong-content-type": "not-mcp-answer",
    "backend-down": "call-backend-down", "invalid-token": "call-token-invalid",
    "token-expired": "call-token-expired", "missing-scopes": "call-scopes-missing",
    "flag-off": "tools-hidden", "no-tools": "tools-hidden", "stale-binary": "call-stale-binary",
    "no-challenge": "challenge-missing", "bare-challenge": "challenge-bare",
    "no-prm": "resource-metadata-missing", "no-path-prm": "resource-metadata-elsewhere",
    "prm-html": "resource-metadata-page", "trailing-slash-resource": "resource-slash",
    "wrong-resource": "resource-mismatch", "no-authorization-servers": "no-authorization-server",
    "private-issuer": "private-address", "no-as-metadata": "no-server-metadata",
    "html-metadata": "no-server-metadata", "wrong-issuer": "issuer-mismatch",
    "issuer-slash": "issuer-mismatch", "issuer-query": "issuer-malformed",
    "foreign-endpoints": "endpoint-elsewhere", "no-s256": "pkce-missing",
    "no-registration": "registration-needed", "dcr-refused": "registration-refused",
    "dcr-forbidden": "registration-token-needed", "invalid-client": "invalid_client",
    "invalid-client-html": "token-unusable", "redirect-mismatch": "page-refused",
    "access-denied": "access_denied", "no-state": "state-mismatch",
    "wrong-state": "state-mismatch", "no-iss": "iss-missing", "wrong-iss": "iss-mismatch",
    "invalid-scope": "invalid_scope", "invalid-target": "invalid_target",
    "less-scope": "token-scope-short", "code-expired": "invalid_grant",
    "error-200": "invalid_grant", "html-token": "token-unusable",
    "token-503": "temporarily_unavailable", "no-refresh-token": "token-not-renewable",
    "no-expires-in": "token-lifetime-unknown", "clock-skew": "token-refused-by-server",
    "wrong-audience": "token-claims", "forbidden": "http-403", "huge-metadata": "answer-useless",
    "redirect-loop": "redirect-loop",
  ]

  /// Those that a healthy client gets over, that need a write or a renewal, or that take time.
  nonisolated private static let unseen: Set = [
    "session-lost", "slow", "hang", "role-denied", "no-root-prm", "iss-not-announced",
    "refresh-revoked", "unsupported-grant", "form-token", "dpop-nonce",
  ]

  @Test func `every fault has its finding, or a reason to have none`() {
    let known = Set(FaultRow.ofServing.map(\.id))
    #expect(Set(Self.rows.keys).union(Self.unseen) == known)
  }

  @Test func `every fault leads the doctor to its finding, with a remedy`() async throws {
    try await FaultyServing.run("lumos", in: scratch) { url, faults in
      for (fault, id) in Self.rows.sorted(by: { $0.key < $1.key }) {
        try faults.replace(with: [fault])
        let run = await CommandRun.of(
          ["doctor", url, "--json", "--sign-in", "--fetch-consent", "--timeout", "30"],
          isTerminal: false, environment: ["XDG_STATE_HOME": scratch.file("state-\(fault)")])
        let findings = try JSON.parse(run.output)["findings"]?.array ?? []
        let found = findings.first { $0["id"]?.string == id }
        let bad = findings.filter { $0["status"] == "error" }.compactMap { $0["id"]?.string }
        #expect(found != nil, "\(fault): \(findings.compactMap { $0["id"]?.string })")
        #expect(bad.count <= 1, "\(fault): \(bad)")
        #expect(found?["fix"]?.string?.isEmpty == false, "\(fault)")
        #expect(found?["evidence"]?.array?.isEmpty == false, "\(fault)")
      }
    }
  }

  @Test func `the page of checks is what the program writes`() async {
    let run = await CommandRun.of(["doctor", "--checks"])
    Golden.check(run.output, against: "docs/CHECKS.md")
  }
}

import AuthorizationServer
import CommandLineApp
import EventLoop
import Faults
import TestSupport
import Testing

@testable import Operations

/// Every fault of the embedded authorization server as our own client meets it: what is got over is told in the trace,
/// the rest ends with a sentence of its own and the exit code for credentials.
@LoopActor
@Suite(.inTurns, .serialized) struct FaultRowsTests {
  private let scratch = ScratchFolder()

  /// The command that meets the fault.
  enum Way: Sendable {
    case login
    case call
    case refresh
    case robot
  }

  struct Row: Sendable, CustomStringConvertible {
    let fault: String
    var way = Way.login
    let code: ExitCode
    let says: String
    var description: String { "\(fault), \(way)" }
    /// A system that asks for several scopes where one can be missing.
    var system: String { fault == "less-scope" ? "lumos" : "conformance" }
    var tool: String { fault == "less-scope" ? "submit_access_request" : "test_simple_text" }

    /// Got over, and told.
    static func told(_ fault: String, _ says: String) -> Row {
      Row(fault: fault, code: .ok, says: says)
    }

    static func fails(_ fault: String, _ says: String, at way: Way = .login) -> Row {
      Row(fault: fault, way: way, code: .unauthorized, says: says)
    }
  }

  nonisolated private static let finding: [Row] = [
    .told("no-challenge", "401 without WWW-Authenticate; the well-known places are tried"),
    .told("bare-challenge", "the challenge names no metadata; the well-known places are tried"),
    .told("no-prm", "none; the server may be its own authorization server"),
    .told("no-root-prm", "oauth-protected-resource/mcp → 200"),
    .told("no-path-prm", "oauth-protected-resource/mcp → 404"),
    .told("prm-html", "a page, no JSON; the server answers everything with it"),
    .told("trailing-slash-resource", "resource: BASE/mcp/"),
    .fails(
      "wrong-resource", "the metadata is for “https://mcp.example.net/mcp”, which is not “BASE/mcp”"
    ),
    .fails("no-authorization-servers", "names no authorization server"),
    .fails("private-issuer", "BASE/mcp points to http://169.254.169.254/"),
    .fails("no-as-metadata", "no metadata of the authorization server BASE at"),
    .fails("html-metadata", "a page, no JSON"),
    .fails(
      "wrong-issuer", "the metadata of “BASE” gives its issuer as “https://login.example.net”"),
    .fails("issuer-slash", "the metadata of “BASE” gives its issuer as “BASE/”"),
    .fails("issuer-query", "the issuer “BASE?tenant=common” has a query or a fragment"),
    .fails("foreign-endpoints", "has its registration_endpoint on another host"),
    .fails("no-s256", "does not say that it checks PKCE with S256"),
    .told("iss-not-announced", "state and issuer are right"),
    .fails("huge-metadata", "larger than 1048576 bytes"),
    .fails("redirect-loop", "redirects in a circle or too often"),
  ]

  nonisolated private static let asking: [Row] = [
    .fails("no-registration", "BASE registers no clients by itself"),
    .fails("dcr-refused", "refused to register a client: invalid_redirect_uri"),
    .fails("dcr-forbidden", "registers clients only with a token of its own (HTTP 401)"),
    .fails("invalid-client", "refused the code: invalid_client"),
    .fails("invalid-client-html", "a page: Unrecognized client_id"),
    .fails("redirect-mismatch", "refuses the sign-in on its page (HTTP 400)"),
    .fails("access-denied", "access was denied in the browser"),
    .fails("no-state", "the answer in the browser belongs to another sign-in"),
    .fails("wrong-state", "the answer in the browser belongs to another sign-in"),
    .fails("no-iss", "does not say that it comes from BASE, which promised to say so"),
    .fails("wrong-iss", "comes from “https://login.example.net” and not from “BASE”"),
    .fails("invalid-scope", "answered invalid_scope"),
    .fails("invalid-target", "answered invalid_target"),
  ]

  nonisolated private static let using: [Row] = [
    .fails("less-scope", "granted are “lumos:user:read”", at: .call),
    .fails("code-expired", "refused the code: invalid_grant: the code is over"),
    .fails("refresh-revoked", "refused the refresh token: invalid_grant", at: .refresh),
    .fails(
      "no-refresh-token", "came without a refresh token, so it cannot be renewed", at: .refresh),
    .told("no-expires-in", "the token's life is not told"),
    .fails("unsupported-grant", "unsupported_grant_type", at: .robot),
    .fails("error-200", "refused the code: invalid_grant: the code is over (HTTP 200)"),
    .told("form-token", "application/x-www-form-urlencoded"),
    .fails("html-token", "the answer to the code is unusable (HTTP 200): a page: Please sign in"),
    .fails("token-503", "temporarily_unavailable (HTTP 503)"),
    .told("dpop-nonce", "the sign-in is kept"),
    .fails("clock-skew", "the access token expired at", at: .call),
    .fails(
      "wrong-audience", "is for https://elsewhere.example/mcp and not for this server", at: .call),
    .fails("forbidden", "it asks for no scope, so another one will not help", at: .call),
  ]

  nonisolated private static let rows = finding + asking + using

  @Test func `every fault has its row`() {
    #expect(Set(Self.rows.map(\.fault)) == Set(AuthorizationFault.all.map(\.id)))
    #expect(Self.rows.count == AuthorizationFault.all.count)
  }

  @Test func `a fault is told in its own words and ends with the exit code for credentials`()
    async throws
  {
    for system in ["conformance", "lumos"] {
      try await FaultyServing.run(system, in: scratch) { url, faults in
        for row in Self.rows where row.system == system {
          try faults.replace(with: [row.fault])
          await check(row, url)
        }
      }
    }
  }

  private func check(_ row: Row, _ url: String) async {
    let base = url.firstRange(of: "/mcp").map { String(url[..<$0.lowerBound]) } ?? url
    let run = await commands(row, url)
    #expect(run.code == row.code, "\(row): \(run.errors)")
    let said = run.errors.replacing("alidade: \(url): ", with: "alidade: URL: ")
      .replacing(base, with: "BASE")
    #expect(said.contains(row.says), "\(row): \(said.suffix(1500))")
    #expect(row.code == .ok || said.contains("alidade: URL: "), "\(row): \(said.suffix(500))")
  }

  // MARK: - Two sides

  /// What the last of the row's commands says; those before have to work.
  private func commands(_ row: Row, _ url: String) async -> CommandRun {
    var lines = [["auth", "login", url, "--fetch-consent", "-v"]]
    switch row.way {
    case .login: break
    case .call: lines.append(["call", url, row.tool, "--no-validate"])
    case .refresh: lines.append(["auth", "refresh", url])
    case .robot:
      lines[0] = [
        "auth", "login", url, "--client-credentials", "--client-id", "bot", "--client-secret",
        "/secret",
      ]
    }
    var last = CommandRun(code: .ok, output: "", errors: "")
    for line in lines {
      #expect(last.code == .ok, "\(row): \(last.errors)")
      last = await CommandRun.of(
        line, files: ["/secret": "hush"],
        environment: ["XDG_STATE_HOME": scratch.file("state-\(row.fault)")])
    }
    return last
  }
}

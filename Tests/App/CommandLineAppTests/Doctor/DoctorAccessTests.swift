import CommandLineApp
import EventLoop
import TestSupport
import Testing

/// Doors that do not open, and authorization servers that fail on the way.
@LoopActor
@Suite(.inTurns) struct DoctorAccessTests {
  /// A row with what its world answers.
  nonisolated private static let worlds: [(row: DoctorRow, replies: [String: [OddServer.Reply]])] =
    [
      (
        row(
          "a key that is refused", "header-refused", "one 'Bearer'",
          ["-H", "Authorization: Bearer x"]),
        [:]
      ),
      (
        row("a scope that is missing", "scope-needed", "write", ["-H", "Authorization: Bearer x"]),
        [
          "POST /mcp": [
            .status(
              "403 Forbidden",
              [#"WWW-Authenticate: Bearer error="insufficient_scope", scope="write""#])
          ]
        ]
      ),
      (
        row("a token that is new and refused", "token-refused-by-server", "audience"),
        ["POST /mcp": [.status("401 Unauthorized", ["WWW-Authenticate: Bearer"])]]
      ),
      (
        row("a registration without a client", "registration-unusable", "--client-id"),
        ["POST /as/register": [.json("201 Created", "{}")]]
      ),
      (signIn, [:]),
      (
        row("a token that is over at once", "token-expired", status: "warning", "auth login"),
        [
          "POST /as/token": [
            .json("200 OK", #"{"access_token":"t","token_type":"Bearer","expires_in":0}"#)
          ]
        ]
      ),
      (
        row("a grant that is not for it", "unauthorized_client", "grant"),
        error("unauthorized_client")
      ),
      (
        row("a grant that is not known", "unsupported_grant_type", "grant"),
        error("unsupported_grant_type")
      ),
      (outage("a server that fails", "server_error", "log"), error("server_error")),
      (
        row("an endpoint that is missing", "endpoint-missing", "token_endpoint"),
        [server: [.init(stringLiteral: AuthWorld.metadata(["token_endpoint": ""]))]]
      ),
      (
        row("an endpoint without TLS", "not-encrypted", "https"),
        [
          server: [
            .init(
              stringLiteral: AuthWorld.metadata([
                "token_endpoint": #""http://evil.example.com/token""#
              ]))
          ]
        ]
      ),
      (
        row("an issuer that is no address", "bad-address", "javascript"),
        [resource: [#"{"resource":"BASE/mcp","authorization_servers":["javascript:alert(1)"]}"#]]
      ),
      (
        outage("documents that cannot be had", "metadata-unavailable", "503"),
        [server: [.status("503 Service Unavailable")]]
      ),
      (
        row("a code that does not come", "code-missing", "code"),
        [
          "GET /as/authorize": [
            .status("302 Found", ["Location: REDIRECT?x=1&state=STATE"])
          ]
        ]
      ),
      (
        row("an endpoint on another host", "endpoint-host", status: "warning", "localhost"),
        [
          server: [
            .init(
              stringLiteral: AuthWorld.metadata([
                "revocation_endpoint": #""http://localhost:1/revoke""#
              ]))
          ]
        ]
      ),
      (
        row(
          "no registration", "registration-missing", status: "warning", "--client-id", plain: true),
        [server: [.init(stringLiteral: AuthWorld.metadata(["registration_endpoint": ""]))]]
      ),
    ]

  nonisolated private static let resource = "GET /.well-known/oauth-protected-resource/mcp"
  nonisolated private static let server = "GET /.well-known/oauth-authorization-server/as"

  nonisolated private static func error(_ code: String) -> [String: [OddServer.Reply]] {
    ["POST /as/token": [.json("400 Bad Request", #"{"error":"\#(code)"}"#)]]
  }

  nonisolated private static var signIn: DoctorRow {
    DoctorRow(
      "a door that is shut", "sign-in-needed", code: .unauthorized, "alidade auth login",
      words: ["HERE"])
  }

  nonisolated private static func outage(
    _ name: String, _ id: String, _ proof: String
  ) -> DoctorRow {
    var row = row(name, id, proof)
    row.code = nil
    return row
  }

  nonisolated private static func row(
    _ name: String, _ id: String, status: String = "error", _ proof: String,
    _ header: [String] = [], plain: Bool = false
  ) -> DoctorRow {
    DoctorRow(
      name, id, status: status, code: status == "error" ? .unauthorized : nil, proof,
      words: ["HERE"] + header + (plain ? [] : ["--sign-in", "--fetch-consent"]))
  }

  nonisolated static let rows = worlds.map(\.row)

  @Test func `a server that forbids is not blamed for a challenge that only a 401 carries`()
    async throws
  {
    let world = try AuthWorld(["POST /mcp": [.status("403 Forbidden")]])
    let run = await CommandRun.of(
      ["doctor", "--json", world.url], isTerminal: false, environment: world.environment)
    #expect(run.output.contains("403") && !run.output.contains("the 401 carries"), "\(run.output)")
  }

  @Test(arguments: worlds.indices)
  func `a door that does not open is known by who keeps it shut`(index: Int) async throws {
    let world = try AuthWorld(Self.worlds[index].replies)
    try await Self.worlds[index].row.check(
      at: world.url, environment: world.environment, #_sourceLocation)
  }
}

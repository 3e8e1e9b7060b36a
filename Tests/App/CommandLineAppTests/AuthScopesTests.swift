import CommandLineApp
import EventLoop
import JSON
import TestSupport
import Testing

@LoopActor
@Suite(.inTurns, .serialized) struct AuthScopesTests {
  nonisolated private static let tools = OddServer.Reply(
    stringLiteral: #"""
      {"jsonrpc":"2.0","id":{id},"result":{"tools":[
      {"name":"look","inputSchema":{"type":"object"},"_meta":{"vendor.example/required-scopes":["read"]}},
      {"name":"change","inputSchema":{"type":"object"},"securitySchemes":[{"type":"oauth2","scopes":["write"]}]},
      {"name":"plain","inputSchema":{"type":"object"}}]}}
      """#)

  private func world() async throws -> AuthWorld {
    let world = try AuthWorld([
      "GET /.well-known/mcp.json": [
        #"{"tools":[{"name":"look","scopes":["read"]},{"name":"hidden","scopes":["admin"]}]}"#
      ],
      "GET /.well-known/oauth-protected-resource/mcp": [
        #"{"resource":"BASE/mcp","authorization_servers":["BASE/as"],"scopes_supported":["read","write"]}"#
      ],
    ])
    world.methods["tools/list"] = Self.tools
    let run = await world.run("auth", "login", "URL", "--fetch-consent", "--scope", "read")
    #expect(run.code == .ok, "\(run.errors)")
    return world
  }

  @Test func `every cell says where it is known from`() async throws {
    let world = try await world()
    let run = await world.run("auth", "scopes", "URL")
    #expect(
      run.output == """
        SCOPE  REQUESTED  GRANTED  KNOWN FROM
        read   yes        yes      request, answer, resource metadata
        write  no         no       resource metadata

        TOOL                 NEEDS  GRANTED  KNOWN FROM
        look                 read   yes      _meta, descriptor
        change               write  no       _meta
        plain                -      -        nothing says
        hidden (not listed)  admin  no       descriptor

        """, "\(run.output)\(run.errors)")
  }

  @Test func `a call that was refused teaches what its tool wants`() async throws {
    let world = try await world()
    world.methods["tools/call"] = .status(
      "403 Forbidden",
      [#"WWW-Authenticate: Bearer error="insufficient_scope", scope="plain:use""#])
    #expect(await world.run("call", "URL", "plain").code == .unauthorized)
    let json = try JSON.parse(await world.run("auth", "scopes", "URL", "--json").output)
    let plain = json["tools"]?.array?.first { $0["tool"] == "plain" }
    #expect(
      plain?.compact
        == #"{"tool":"plain","allowed":false,"listed":true,"requires":[{"scope":"plain:use","granted":false,"from":["403"]}]}"#
    )
    #expect(json["grantedFrom"] == "answer")
  }

  @Test func `what the challenge wants it wants of every call`() async throws {
    let world = try await world()
    world.challengeScope = "base"
    let run = await world.run("auth", "scopes", "URL")
    #expect(run.output.contains("(every call)"), "\(run.output)")
    #expect(run.output.contains("base   no       challenge"), "\(run.output)")
  }

  @Test func `without a sign-in nobody says what was granted`() async throws {
    let world = try AuthWorld([
      "GET /.well-known/mcp.json": [#"{"tools":[{"name":"look","scopes":["read"]}]}"#]
    ])
    let run = await world.run("auth", "scopes", "URL")
    #expect(run.code == .ok && run.output.contains("read   ?        descriptor"), "\(run.output)")
    #expect(run.errors.contains("its tools cannot be listed"))
    let nothing = try await AuthWorld().run("auth", "scopes", "URL")
    #expect(nothing.code == .unauthorized)
  }
}

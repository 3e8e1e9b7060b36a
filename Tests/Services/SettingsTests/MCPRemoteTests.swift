import Testing

@testable import Settings

@Suite struct MCPRemoteTests {
  private func bridge(_ line: String) throws -> ServerDefinition? {
    let definition = try Target.parse(line).definition(with: TargetOptions(), in: [])
    return definition.flatMap(MCPRemote.server(behind:))
  }

  @Test(
    arguments: [
      ("npx -y mcp-remote https://h/mcp --header 'K: V'", "https://h/mcp", .auto, ["K: V"]),
      ("npx mcp-remote@latest https://h/sse --transport sse-only", "https://h/sse", .sse, []),
      (
        "bunx mcp-remote@0.1.38 http://h:1/ 9000 --allow-http --header A:b --header=C:d",
        "http://h:1/", .auto, ["A: b", "C: d"]
      ),
      (
        "T=x npx -y mcp-remote https://h --header 'Authorization:Bearer ${T}'", "https://h", .auto,
        ["Authorization: Bearer x"]
      ),
      (
        "npx -y mcp-remote https://h --header 'Authorization: ${OUTER}'", "https://h", .auto,
        ["Authorization: ${OUTER}"]
      ),
      (
        "/usr/bin/npx --yes mcp-remote --debug --host 127.0.0.1 https://h --transport http-only",
        "https://h", .http, []
      ),
      ("cmd /c npx -y mcp-remote https://h", "https://h", .auto, []),
      ("npm exec -- mcp-remote https://h", "https://h", .auto, []),
      ("node ./node_modules/.bin/mcp-remote https://h", "https://h", .auto, []),
      ("mcp-remote https://h --resource https://other/", "https://h", .auto, []),
    ] as [(String, String, TransportKind, [String])])
  func `a bridge is understood as the address behind it`(
    line: String, url: String, transport: TransportKind, headers: [String]
  ) throws {
    let server = try #require(try bridge(line))
    #expect(server.url == url)
    #expect(server.transport == transport)
    #expect(server.headers.map { "\($0.name): \($0.value)" } == headers)
    #expect(server.command == nil && server.bridge != nil)
  }

  @Test(arguments: [
    "npx -y other https://h", "npx -y some-tool mcp-remote https://h", "mcp-remote",
    "echo mcp-remote https://h",
  ])
  func `other commands stay commands`(line: String) throws {
    #expect(try bridge(line) == nil)
  }
}

import TestSupport
import Testing

@testable import Settings

/// The configurations of the systems' documents that lie in docs/examples/clients.
@Suite struct ShippedConfigTests {
  @Test(arguments: [
    ("alumia-desktop-http.json", "cursor", "alumia auto https://app.alumia.com/mcp"),
    ("alumia-desktop-stdio.json", "claude", "alumia stdio bunx -y @hasna/alumia mcp --stdio"),
    ("alumia-codex.toml", "codex", "alumia stdio bunx -y @hasna/alumia mcp --stdio"),
    ("alumia-gemini-extension.json", "gemini", "alumia stdio bunx -y @hasna/alumia mcp --stdio"),
    (
      "alloy-sessions-desktop.json", "claude",
      "alloy auto https://mcp.alloy.app/mcp [X-MCP-API-Key:"
    ),
    ("alloy-projects-claude.json", "claude-code", "alloy stdio alloy-mcp ALLOY_API_URL="),
    ("lumos-claude.json", "claude-code", "lumos http https://api.lumos.com/mcp/user"),
    (
      "allv-cursor.json", "cursor",
      "allv-production auto https://agent.allv.ai/api/workspaces/northwind/mcp"
    ),
  ])
  func `A8, B3, C9, D6, E7: a shipped configuration is read as its client reads it`(
    _ file: String, _ client: String, _ line: String
  ) throws {
    let text = try #require(Repository.text(of: "docs/examples/clients/\(file)"))
    let imported = Imported(client, text)
    #expect(
      imported.servers.count == 1 && imported.servers[0].hasPrefix(line), "\(imported.servers)")
    #expect(imported.findings.filter { $0.hasPrefix("error") }.isEmpty, "\(imported.findings)")
  }
}

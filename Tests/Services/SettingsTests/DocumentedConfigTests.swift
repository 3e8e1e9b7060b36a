import Testing

@testable import Settings

/// The configurations in the documents of the five systems, in the shapes they are printed in.
@Suite struct DocumentedConfigTests {
  @Test(arguments: [
    (
      "plain",
      """
      {"mcpServers": {"alumia": {
        "url": "https://app.alumia.com/mcp",
        "headers": {"Authorization": "Bearer alm_live_4f0c21"}
      }}}
      """, "alumia auto https://app.alumia.com/mcp [Authorization: Bearer alm_live_4f0c21]"
    ),
    (
      "claude",
      """
      {"mcpServers": {"alumia": {
        "command": "bunx", "args": ["-y", "@hasna/alumia", "mcp", "--stdio"],
        "env": {"ALUMIA_API_KEY": "alm_test_1", "ALUMIA_BASE_URL": "https://alumia.com"}
      }}}
      """,
      "alumia stdio bunx -y @hasna/alumia mcp --stdio ALUMIA_API_KEY=alm_test_1 ALUMIA_BASE_URL=https://alumia.com"
    ),
    (
      "codex",
      """
      [mcp_servers.alumia]
      command = "bunx"
      args = ["-y", "@hasna/alumia", "mcp", "--stdio"]
      env = { ALUMIA_API_KEY = "alm_live_1", ALUMIA_BASE_URL = "https://alumia.com" }
      """,
      "alumia stdio bunx -y @hasna/alumia mcp --stdio ALUMIA_API_KEY=alm_live_1 ALUMIA_BASE_URL=https://alumia.com"
    ),
    (
      "gemini",
      """
      {"name": "alumia", "version": "1.0.0", "mcpServers": {"alumia": {
        "command": "bunx", "args": ["-y", "@hasna/alumia", "mcp", "--stdio"],
        "env": {"ALUMIA_API_KEY": "alm_live_1", "ALUMIA_BASE_URL": "https://alumia.com"}
      }}}
      """,
      "alumia stdio bunx -y @hasna/alumia mcp --stdio ALUMIA_API_KEY=alm_live_1 ALUMIA_BASE_URL=https://alumia.com"
    ),
    (
      "claude",
      """
      {"mcpServers": {"alloy": {"command": "npx", "args": [
        "-y", "mcp-remote", "https://mcp.alloy.app/mcp", "--header", "X-MCP-API-Key: k-17"]}}}
      """, "alloy auto https://mcp.alloy.app/mcp [X-MCP-API-Key: k-17]"
    ),
    (
      "claude-code",
      """
      {"mcpServers": {"alloy": {"command": "alloy-mcp", "env": {
        "ALLOY_API_URL": "http://localhost:3000", "ALLOY_API_TOKEN": "alloy_live_1"}}}}
      """,
      "alloy stdio alloy-mcp ALLOY_API_URL=http://localhost:3000 ALLOY_API_TOKEN=alloy_live_1"
    ),
    (
      "claude-code",
      """
      {"mcpServers": {"lumos": {"type": "http", "url": "https://api.lumos.com/mcp/user"}}}
      """, "lumos http https://api.lumos.com/mcp/user"
    ),
    (
      "cursor",
      """
      {"mcpServers": {"allv-production": {
        "url": "https://agent.allv.ai/api/workspaces/w1/mcp",
        "headers": {"Authorization": "Bearer ${env:ALLV_API_KEY}",
          "x-allv-user-email": "${env:ALLV_USER_EMAIL}"}
      }}}
      """,
      "allv-production auto https://agent.allv.ai/api/workspaces/w1/mcp [Authorization: Bearer ${env:ALLV_API_KEY}] [x-allv-user-email: ${env:ALLV_USER_EMAIL}]"
    ),
  ])
  func `a documented configuration is read without a finding`(
    client: String, text: String, server: String
  ) {
    let id = client == "plain" ? "mcp-json" : client
    let imported = Imported(id, text)
    #expect(imported.servers == [server])
    #expect(imported.findings == [])
  }

  @Test(arguments: [
    (
      "mcp-json",
      "{\"a\": {\"command\": \"bunx\", \"args\": [\"@hasna/alumia\"], \"env\": {\"ALUMIA_API_KEY\": \"alm_live_1\", \"ALUMIA_API_URL\": \"x\"}}}",
      ["env.ALUMIA_API_URL: ALUMIA_API_URL is not read by the server, ALUMIA_BASE_URL is"]
    ),
    (
      "mcp-json",
      "{\"a\": {\"url\": \"https://alumia.com/mcp\", \"headers\": {\"Authorization\": \"Bearer sk_1\"}}}",
      [
        "url: the MCP address of Alumia is https://app.alumia.com/mcp",
        "headers.Authorization: a key of Alumia begins with alm_live_ or alm_test_",
      ]
    ),
    (
      "mcp-json",
      "{\"a\": {\"command\": \"/opt/alloy-mcp\", \"env\": {\"ALLOY_URL\": \"x\", \"ALLOY_API_TOKEN\": \"abc\"}}}",
      [
        "env.ALLOY_URL: ALLOY_URL is not read by the server, ALLOY_API_URL is",
        "env.ALLOY_API_TOKEN: a key of Alloy projects begins with alloy_live_ or alloy_test_",
      ]
    ),
    (
      "mcp-json", "{\"a\": {\"command\": \"alloy-mcp\"}}",
      [
        "env: Alloy projects needs ALLOY_API_URL in its environment",
        "env: Alloy projects needs ALLOY_API_TOKEN in its environment",
      ]
    ),
    (
      "mcp-json",
      "{\"a\": {\"url\": \"https://alloy.app/mcp\", \"headers\": {\"X-API-Key\": \"k\"}}}",
      [
        "url: the MCP address of Alloy sessions is https://mcp.alloy.app/mcp",
        "headers.X-API-Key: X-API-Key is not read by the server, X-MCP-API-Key is",
      ]
    ),
    (
      "mcp-json",
      "{\"a\": {\"url\": \"https://app.lumos.com/\", \"headers\": {\"Authorization\": \"Bearer ${T}\"}}}",
      [
        "url: the MCP address of Lumos is https://api.lumos.com/mcp/user",
        "headers.Authorization: Lumos takes no key: remove it and sign in through the browser",
      ]
    ),
    (
      "mcp-json", "{\"a\": {\"url\": \"https://api.lumos.com/mcp/admin\"}}",
      ["url: the admin server of Lumos is not available yet"]
    ),
    (
      "mcp-json",
      "{\"a\": {\"url\": \"https://agent.allv.ai/mcp\", \"headers\": {\"x-api-key\": \"${K}\"}}}",
      [
        "url: the MCP address of allv is https://agent.allv.ai/api/workspaces/<id>/mcp",
        "allv needs the header x-allv-user-id or x-allv-user-email",
      ]
    ),
    (
      "mcp-json",
      "{\"a\": {\"url\": \"https://agent.allv.ai/workspaces/<workspaceId>/mcp\", \"headers\": {\"x-api-key\": \"${K}\", \"x-allv-user-id\": \"7\"}}}",
      [
        "url: https://agent.allv.ai/workspaces/<workspaceId>/mcp is no address: <workspaceId> still waits for its value"
      ]
    ),
    (
      "claude",
      "{\"a\": {\"command\": \"npx\", \"args\": [\"mcp-remote\", \"https://mcp.alloy.app/mcp\", \"--header\", \"X-MCP-API-Key: <YOUR API KEY HERE>\"]}}",
      ["headers.X-MCP-API-Key: <YOUR API KEY HERE> still waits for its value"]
    ),
  ])
  func `what the documents warn of is found`(client: String, entries: String, wanted: [String]) {
    let found = Imported(client, "{\"mcpServers\": \(entries)}").findings
    #expect(found.count == wanted.count)
    for (line, end) in zip(found, wanted) { #expect(line.hasSuffix("a: " + end), "\(line)") }
  }
}

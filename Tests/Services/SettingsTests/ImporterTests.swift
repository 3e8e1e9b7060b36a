import Testing

@testable import Settings

@Suite struct ImporterTests {
  struct Row: Sendable {
    let client: String
    let text: String
    let servers: [String]
    var findings: [String] = []
    var trust = Origin.Trust.user
  }

  static let rows: [Row] = [
    Row(
      client: "claude",
      text:
        "{\"mcpServers\": {\"a\": {\"url\": \"https://h/mcp\"}, \"b\": {\"command\": \"x\", \"env\": {\"K\": \"${V}\"}}}}",
      servers: ["a auto https://h/mcp", "b stdio x K=${V}"],
      findings: [
        "warning: line 1, column 17: a: url: Claude Desktop starts commands only from this file; add the address in its settings, or run npx -y mcp-remote URL",
        "warning: line 1, column 83: b: env.K: Claude Desktop does not expand ${V}; it goes out as it stands",
      ]),
    Row(
      client: "claude-code",
      text: """
        {"numStartups": 3,
         "mcpServers": {"u": {"type": "sse", "url": "https://h/sse", "timeout": 60000}},
         "projects": {"/p": {"mcpServers": {"x": {"command": "run"}, "y": {"command": "no"}},
                             "disabledMcpServers": ["y"]},
                      "/q": {"mcpServers": {}}}}
        """,
      servers: [
        "u sse https://h/sse timeout=60.0", "x stdio run project=/p",
        "y stdio no project=/p disabled",
      ]),
    Row(
      client: "claude-code", text: "{\"mcpServers\": {\"a\": {\"url\": \"https://h\"}}}",
      servers: ["a auto https://h"],
      findings: [
        "error: line 1, column 17: a: without \"type\" this client takes it for a command; write \"type\": \"http\""
      ]),
    Row(
      client: "claude-code",
      text:
        "{\"mcpServers\": {\"a\": {\"type\": \"http\", \"url\": \"https://h\", \"headers\": {\"Authorization\": \"Bearer abc\"}}}}",
      servers: ["a http https://h [Authorization: Bearer abc]"],
      findings: [
        "warning: line 1, column 88: a: headers.Authorization: a secret stands in a file of the project; refer to a variable instead"
      ], trust: .project),
    Row(
      client: "vscode",
      text: """
        {
          // asked once
          "inputs": [{"type": "promptString", "id": "k", "description": "Key", "password": true}],
          "servers": {
            "a": {"type": "http", "url": "https://h", "headers": {"X-API-Key": "${input:k}"}},
            "b": {"command": "node", "args": ["${workspaceFolder}/s.js", "${input:none}"], "envFile": ".env"},
          },
        }
        """,
      servers: [
        "a http https://h [X-API-Key: ${input:k}]",
        "b stdio node '${workspaceFolder}/s.js' '${input:none}' rest=envFile",
      ],
      findings: [
        "warning: line 6, column 84: b: envFile: the variables in .env are not read; set those that the server needs under 'env'",
        "warning: line 6, column 5: b: an entry 'none' in \"inputs\" is expected, not none",
      ]),
    Row(
      client: "claude",
      text: "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"envFile\": \"/e\"}}}",
      servers: ["a stdio x rest=envFile"],
      findings: [
        "warning: line 1, column 39: a: envFile: the variables in /e are not read; set those that the server needs under 'env'"
      ]),
    Row(
      client: "vscode",
      text: "{\"editor.tabSize\": 2, \"mcp\": {\"servers\": {\"a\": {\"command\": \"x\"}}}}",
      servers: ["a stdio x"]),
    Row(
      client: "codex",
      text: """
        model = "m"
        [mcp_servers.a]
        command = "x"
        env_vars = ["HOME_TOKEN"]
        startup_timeout_sec = 20
        tool_timeout_sec = 90
        enabled = false
        [mcp_servers.b]
        url = "https://h/mcp"
        bearer_token_env_var = "T"
        http_headers = { X-A = "1" }
        env_http_headers = { X-B = "B_VAR" }
        [mcp_servers.c]
        url = "https://h"
        bearer_token = "abc"
        """,
      servers: [
        "a stdio x HOME_TOKEN=${env:HOME_TOKEN} timeout=90.0 rest=startup_timeout_sec disabled",
        "b http https://h/mcp [Authorization: Bearer ${env:T}] [X-A: 1] [X-B: ${env:B_VAR}]",
        "c http https://h [Authorization: Bearer abc]",
      ],
      findings: [
        "error: line 15, column 1: c: bearer_token: 'bearer_token' is not read by this client; it calls that 'bearer_token_env_var'"
      ]),
    Row(
      client: "codex",
      text: "[mcp_servers.a]\nurl = \"https://h\"\nheaders = { A = \"b\" }\ntype = \"http\"",
      servers: ["a http https://h [A: b]"],
      findings: [
        "error: line 3, column 1: a: headers: 'headers' is not read by this client; it calls that 'http_headers'"
      ]),
    Row(
      client: "gemini",
      text:
        "{\"mcpServers\": {\"a\": {\"httpUrl\": \"https://h\", \"timeout\": 5000, \"trust\": true}, \"b\": {\"url\": \"https://h/sse\"}, \"c\": {\"command\": \"x\", \"env\": {\"K\": \"$V\"}}}} // note",
      servers: [
        "a http https://h timeout=5.0 rest=trust", "b auto https://h/sse", "c stdio x K=$V",
      ]),
    Row(
      client: "windsurf",
      text:
        "{\"mcpServers\": {\"a\": {\"serverUrl\": \"https://h\", \"headers\": {\"A\": \"${env:B}\"}, \"disabled\": true}}}",
      servers: ["a auto https://h [A: ${env:B}] disabled"]),
    Row(
      client: "opencode",
      text: """
        {"$schema": "s", "mcp": {
          "a": {"type": "local", "command": ["npx", "-y", "s"], "environment": {"K": "{env:V}"}},
          "b": {"type": "remote", "url": "https://h", "enabled": false},
          "c": {"type": "local", "command": "npx -y s"}
        }}
        """,
      servers: ["a stdio npx -y s K={env:V}", "b auto https://h disabled", "c stdio npx -y s"],
      findings: [
        "error: line 4, column 37: c: command: 'npx -y s' is taken as one program name; put its arguments into the list of arguments"
      ]),
    Row(
      client: "goose",
      text: """
        GOOSE_PROVIDER: openai
        extensions:
          developer:
            type: builtin
            enabled: true
          github:
            type: stdio
            cmd: npx
            args:
            - -y
            - '@m/github'
            envs: {}
            env_keys: [GITHUB_TOKEN]
            timeout: 300
            enabled: true
          remote:
            type: streamable_http
            uri: https://h/mcp
            headers:
              Authorization: Bearer ${T}
            enabled: false
          old:
            enabled: true
            config: {type: sse, uri: https://h/sse}
        """,
      servers: [
        "github stdio npx -y @m/github GITHUB_TOKEN=${GITHUB_TOKEN} timeout=300.0",
        "remote http https://h/mcp [Authorization: Bearer ${T}] disabled",
        "old sse https://h/sse",
      ]),
    Row(
      client: "zed",
      text: """
        { // settings
          "context_servers": {
            "a": {"source": "custom", "command": "x", "args": ["y"], "env": null},
            "b": {"command": {"path": "/x", "args": ["y"], "env": {"K": "v"}}},
            "c": {"url": "https://h"},
            "d": {"source": "extension", "settings": {}},
          },
        }
        """,
      servers: ["a stdio x y rest=source", "b stdio /x y K=v", "c auto https://h"],
      findings: []),
    Row(
      client: "cline",
      text:
        "{\"mcpServers\": {\"a\": {\"type\": \"streamableHttp\", \"url\": \"https://h\", \"timeout\": 60, \"autoApprove\": []}}}",
      servers: ["a http https://h timeout=60.0 rest=autoApprove"]),
    Row(
      client: "roo",
      text: "{\"mcpServers\": {\"a\": {\"type\": \"streamable-http\", \"url\": \"https://h\"}}}",
      servers: ["a http https://h"]),
  ]

  @Test(arguments: rows)
  func `a client's file gives its servers and findings`(row: Row) {
    let imported = Imported(row.client, row.text, trust: row.trust)
    #expect(imported.servers == row.servers)
    #expect(imported.findings == row.findings)
  }

  @Test func `ids of importers are unique and can be looked up`() {
    #expect(Set(Importer.all.map(\.id)).count == Importer.all.count)
    #expect(Importer.named("goose")?.title == "Goose")
  }
}

import JSON
import Testing

@testable import Settings

@Suite struct InstallerTests {
  private static func remote(_ transport: TransportKind = .http) -> ServerDefinition {
    var server = ServerDefinition(name: "alumia", transport: transport, origin: .commandLine)
    server.url = "https://app.alumia.com/mcp"
    server.headers = [NamedValue("Authorization", "Bearer ${ALUMIA_KEY}"), NamedValue("X-A", "b")]
    return server
  }

  private static func local() -> ServerDefinition {
    var server = ServerDefinition(name: "alumia", transport: .stdio, origin: .commandLine)
    server.command = "bunx"
    server.arguments = ["-y", "@hasna/alumia"]
    server.environment = [
      NamedValue("ALUMIA_API_KEY", "${ALUMIA_API_KEY}"), NamedValue("ALUMIA_BASE_URL", "https://h"),
    ]
    return server
  }

  struct Row: Sendable {
    let client: String
    let file: String
    let remote: String
    let local: String
    var notes: [String] = []
  }

  static let rows = [
    Row(
      client: "claude", file: ".config/Claude/claude_desktop_config.json",
      remote:
        "{\"mcpServers\":{\"alumia\":{\"command\":\"npx\",\"args\":[\"-y\",\"mcp-remote\",\"https://app.alumia.com/mcp\",\"--header\",\"Authorization: Bearer ${ALUMIA_KEY}\",\"--header\",\"X-A: b\"]}}}",
      local:
        "{\"mcpServers\":{\"alumia\":{\"command\":\"bunx\",\"args\":[\"-y\",\"@hasna/alumia\"],\"env\":{\"ALUMIA_API_KEY\":\"${ALUMIA_API_KEY}\",\"ALUMIA_BASE_URL\":\"https://h\"}}}}",
      notes: ["Claude Desktop does not expand ${ALUMIA_KEY}; it goes out as it stands"]),
    Row(
      client: "claude-code", file: ".claude.json",
      remote:
        "{\"mcpServers\":{\"alumia\":{\"type\":\"http\",\"url\":\"https://app.alumia.com/mcp\",\"headers\":{\"Authorization\":\"Bearer ${ALUMIA_KEY}\",\"X-A\":\"b\"}}}}",
      local:
        "{\"mcpServers\":{\"alumia\":{\"command\":\"bunx\",\"args\":[\"-y\",\"@hasna/alumia\"],\"env\":{\"ALUMIA_API_KEY\":\"${ALUMIA_API_KEY}\",\"ALUMIA_BASE_URL\":\"https://h\"}}}}"
    ),
    Row(
      client: "codex", file: ".codex/config.toml",
      remote: """
        [mcp_servers.alumia]
        url = "https://app.alumia.com/mcp"
        bearer_token_env_var = "ALUMIA_KEY"
        http_headers = { X-A = "b" }

        """,
      local: """
        [mcp_servers.alumia]
        command = "bunx"
        args = ["-y", "@hasna/alumia"]
        env = { ALUMIA_BASE_URL = "https://h" }
        env_vars = ["ALUMIA_API_KEY"]

        """),
    Row(
      client: "gemini", file: ".gemini/extensions/alumia/gemini-extension.json",
      remote:
        "{\"name\":\"alumia\",\"version\":\"1.0.0\",\"mcpServers\":{\"alumia\":{\"httpUrl\":\"https://app.alumia.com/mcp\",\"headers\":{\"Authorization\":\"Bearer ${ALUMIA_KEY}\",\"X-A\":\"b\"}}}}",
      local:
        "{\"name\":\"alumia\",\"version\":\"1.0.0\",\"mcpServers\":{\"alumia\":{\"command\":\"bunx\",\"args\":[\"-y\",\"@hasna/alumia\"],\"env\":{\"ALUMIA_API_KEY\":\"${ALUMIA_API_KEY}\",\"ALUMIA_BASE_URL\":\"https://h\"}}}}"
    ),
    Row(
      client: "cursor", file: ".cursor/mcp.json",
      remote:
        "{\"mcpServers\":{\"alumia\":{\"url\":\"https://app.alumia.com/mcp\",\"headers\":{\"Authorization\":\"Bearer ${env:ALUMIA_KEY}\",\"X-A\":\"b\"}}}}",
      local:
        "{\"mcpServers\":{\"alumia\":{\"command\":\"bunx\",\"args\":[\"-y\",\"@hasna/alumia\"],\"env\":{\"ALUMIA_API_KEY\":\"${env:ALUMIA_API_KEY}\",\"ALUMIA_BASE_URL\":\"https://h\"}}}}"
    ),
    Row(
      client: "vscode", file: ".config/Code/User/mcp.json",
      remote:
        "{\"servers\":{\"alumia\":{\"type\":\"http\",\"url\":\"https://app.alumia.com/mcp\",\"headers\":{\"Authorization\":\"Bearer ${env:ALUMIA_KEY}\",\"X-A\":\"b\"}}}}",
      local:
        "{\"servers\":{\"alumia\":{\"command\":\"bunx\",\"args\":[\"-y\",\"@hasna/alumia\"],\"env\":{\"ALUMIA_API_KEY\":\"${env:ALUMIA_API_KEY}\",\"ALUMIA_BASE_URL\":\"https://h\"}}}}"
    ),
  ]

  private func compact(_ text: String?) throws -> String? {
    guard let text, text.hasPrefix("{") else { return text }
    return try ConfigDocument.read(Array(text.utf8), as: .json).root.json.compact
  }

  @Test(arguments: rows)
  func `a server is written as its client reads it, and read back the same`(row: Row) throws {
    let installer = try #require(Installer.named(row.client))
    for (server, wanted) in [(Self.remote(.auto), row.remote), (Self.local(), row.local)] {
      let home = try Home()
      let plan = try installer.plan(installing: server, in: home.places, project: false)
      #expect(plan.path == home.path(row.file))
      #expect(plan.change == .added)
      #expect(try plan.apply() == nil)
      #expect(try compact(home.text(row.file)) == wanted)
      if server.url != nil { #expect(plan.notes == row.notes) }
      let again = try installer.plan(installing: server, in: home.places, project: false)
      #expect(again.change == .unchanged)
      let found = Discovery(places: home.places).find().flatMap(\.result.servers)
      #expect(found.map(\.name) == ["alumia"])
      #expect(found.first?.url == server.url)
      #expect(found.first?.command == server.command)
    }
  }

  @Test(arguments: rows)
  func `the rest of the file stays, with a backup beside`(row: Row) throws {
    let installer = try #require(Installer.named(row.client))
    let isTOML = row.client == "codex"
    let section = installer.section.joined()
    let old =
      isTOML
      ? "# mine\nmodel = \"m\"\n\n[\(section).other]\ncommand = \"o\" # why\n\n[z]\n"
      : "{\n    \"z\": 1.50,\n    \"\(section)\": {\n        \"other\": {\"command\":\"o\"}\n    }\n}\n"
    let home = try Home([row.file: old])
    let plan = try installer.plan(installing: Self.local(), in: home.places, project: false)
    #expect(try plan.apply() == home.path(row.file) + ".bak")
    #expect(try home.text(row.file + ".bak") == old)
    let new = try #require(try home.text(row.file))
    #expect(new.contains(isTOML ? "command = \"o\" # why" : "\"other\": {\"command\":\"o\"},"))
    #expect(new.contains(isTOML ? "# mine\nmodel = \"m\"\n" : "    \"z\": 1.50,\n"))
    let removal = try installer.plan(removing: "alumia", in: home.places, project: false)
    _ = try removal.apply()
    #expect(try home.text(row.file) == old)
    #expect(throws: CatalogError.unknown("alumia", known: ["other"])) {
      try installer.plan(removing: "alumia", in: home.places, project: false)
    }
  }

  @Test(arguments: rows)
  func `a broken file is refused with its place`(row: Row) throws {
    let home = try Home([row.file: "{\"mcpServers\": {\n, }"])
    let installer = try #require(Installer.named(row.client))
    let error = #expect(throws: CatalogError.self) {
      try installer.plan(installing: Self.local(), in: home.places, project: false)
    }
    #expect(error?.sentence.contains(row.client == "codex" ? "line 1" : "line 2") == true)
    #expect(try home.text(row.file) == "{\"mcpServers\": {\n, }")
  }

  @Test func `members of the entry that are not ours stay`() throws {
    let home = try Home([
      ".codex/config.toml":
        "[mcp_servers.alumia]\ncommand = \"old\"\nstartup_timeout_sec = 30\n[mcp_servers.alumia.tools.x]\napproval = \"auto\"\n"
    ])
    let plan = try Installer.codex.plan(
      installing: Self.local(), in: home.places, project: false)
    #expect(plan.change == .replaced)
    _ = try plan.apply()
    #expect(
      try home.text(".codex/config.toml") == """
        [mcp_servers.alumia]
        command = "bunx"
        args = ["-y", "@hasna/alumia"]
        env = { ALUMIA_BASE_URL = "https://h" }
        env_vars = ["ALUMIA_API_KEY"]
        startup_timeout_sec = 30
        tools = { x = { approval = "auto" } }

        """)
  }

  @Test func `an entry that is no table of its own is left alone`() throws {
    let text = "mcp_servers = { alumia = { command = \"x\" } }\n"
    let home = try Home([".codex/config.toml": text])
    #expect(throws: CatalogError.self) {
      try Installer.codex.plan(installing: Self.local(), in: home.places, project: false)
    }
    #expect(throws: CatalogError.self) {
      try Installer.codex.plan(removing: "alumia", in: home.places, project: false)
    }
  }

  @Test func `a dry run shows the change without secrets`() throws {
    let home = try Home([".cursor/mcp.json": "{\n  \"mcpServers\": {}\n}\n"])
    var server = Self.remote()
    server.headers = [NamedValue("Authorization", "Bearer alm_live_123456")]
    let plan = try Installer.cursor.plan(installing: server, in: home.places, project: false)
    let diff = plan.diff(revealing: false)
    #expect(diff.contains("-  \"mcpServers\": {}\n+  \"mcpServers\": {\n"))
    #expect(diff.contains("+        \"Authorization\": \"Bearer ••••\"\n"))
    #expect(plan.diff(revealing: true).contains("alm_live_123456"))
    #expect(try home.text(".cursor/mcp.json") == "{\n  \"mcpServers\": {}\n}\n")
  }

  @Test func `a project's file is written for the project`() throws {
    let home = try Home()
    let plan = try Installer.claudeCode.plan(
      installing: Self.local(), in: home.places, project: true)
    #expect(plan.path == home.path("work/.mcp.json"))
    #expect(Installer.all.filter { !$0.hasProjectFiles }.map(\.id) == ["claude"])
  }

  @Test func `a new file with a secret is for its user alone`() throws {
    let home = try Home()
    var server = Self.remote()
    server.headers = [NamedValue("Authorization", "Bearer alm_live_123456")]
    _ = try Installer.cursor.plan(installing: server, in: home.places, project: false).apply()
    #expect(SettingsFile.mode(of: home.path(".cursor/mcp.json")) == 0o600)
  }
}

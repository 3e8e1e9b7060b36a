import Testing

@testable import Settings

@Suite struct DiscoveryTests {
  private func found(_ home: Home) -> [String] {
    Discovery(places: home.places).find().map { config in
      let path = config.path.replacing(text: home.places.home + "/", with: "")
      let names = config.result.servers.map(\.name).joined(separator: ",")
      return "\(config.importer.id) \(path) \(config.trust.rawValue) \(names)"
    }
  }

  @Test func `every client's file is found where it stands`() throws {
    let entry = "{\"mcpServers\": {\"a\": {\"command\": \"x\"}}}"
    let home = try Home([
      ".config/Claude/claude_desktop_config.json": entry,
      "Library/Application Support/Claude/claude_desktop_config.json": entry,
      ".claude.json": entry, ".claude/mcp.json": entry, "work/.mcp.json": entry,
      "work/.claude/mcp.json": entry, ".cursor/mcp.json": entry,
      ".codex/config.toml": "[mcp_servers.a]\ncommand = 'x'\n",
      ".gemini/settings.json": entry, ".gemini/extensions/e/gemini-extension.json": entry,
      ".codeium/windsurf/mcp_config.json": "",
      ".config/goose/config.yaml": "extensions:\n  a:\n    type: stdio\n    cmd: x\n",
      ".config/zed/settings.json": "{\"context_servers\": {\"a\": {\"command\": \"x\"}}}",
      "work/.vscode/mcp.json": "{\"servers\": {\"a\": {\"command\": \"x\"}}}",
      ".config/opencode/opencode.json":
        "{\"mcp\": {\"a\": {\"type\": \"local\", \"command\": [\"x\"]}}}",
    ])
    #expect(
      found(home) == [
        "claude .config/Claude/claude_desktop_config.json user a",
        "claude Library/Application Support/Claude/claude_desktop_config.json user a",
        "claude-code work/.mcp.json project a",
        "claude-code work/.claude/mcp.json project a",
        "claude-code .claude.json user a",
        "claude-code .claude/mcp.json user a",
        "cursor .cursor/mcp.json user a",
        "vscode work/.vscode/mcp.json project a",
        "codex .codex/config.toml user a",
        "gemini .gemini/settings.json user a",
        "gemini .gemini/extensions/e/gemini-extension.json user a",
        "windsurf .codeium/windsurf/mcp_config.json user ",
        "opencode .config/opencode/opencode.json user a",
        "goose .config/goose/config.yaml user a",
        "zed .config/zed/settings.json user a",
      ])
  }

  @Test func `a project's files are looked for up to the repository's top`() throws {
    let entry = "{\"mcpServers\": {\"a\": {\"command\": \"x\"}}}"
    let files = [".mcp.json": entry, "repo/.mcp.json": entry, "repo/.git/HEAD": ""]
    #expect(
      found(try Home(files, project: "repo/deep/er")) == ["claude-code repo/.mcp.json project a"])
    #expect(found(try Home([".mcp.json": entry], project: "p/q")) == [])
  }

  @Test(arguments: [
    ("/x/.codex/config.toml", "codex"), ("a.toml", "codex"), ("b.yaml", "goose"),
    ("/p/.vscode/mcp.json", "vscode"), ("server.json", "server-json"), ("mcp.json", "mcp-json"),
    ("x/claude_desktop_config.json", "claude"), ("any.json", "mcp-json"),
    ("/h/.gemini/extensions/x/gemini-extension.json", "gemini"),
  ])
  func `a file's name tells whose it is`(path: String, id: String) {
    #expect(Importer.guess(for: path).id == id)
  }

  @Test func `a broken file is a finding with its place`() throws {
    let home = try Home([
      ".claude/mcp.json": "{\n  \"mcpServers\": {\n    \"a\": {\"command\": \"x\",}\n  }\n}",
      ".codex/config.toml": "[mcp_servers.a]\ncommand = x\n",
      ".cursor/mcp.json": "{\"mcpServers\": {\"a\": {\"command\": \"x}}}",
    ])
    let lines = Discovery(places: home.places).find().flatMap { config in
      config.result.findings.map { "\(config.importer.id) \($0.severity.rawValue) \($0.line)" }
    }
    #expect(
      lines == [
        "claude-code error line 3, column 25: a comma after the last entry; this client's reader takes none and drops the whole file",
        "cursor error line 1, column 39: expected a character or '\"' (control characters need an escape), but the text ends here; the string begun at line 1, column 34 is still open (inside 3 more)",
        "codex error line 2, column 11: 'x' is no value: strings need quotes, numbers digits",
      ])
  }
}

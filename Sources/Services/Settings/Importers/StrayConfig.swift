/// A file that was meant for a client and stands where that client does not look.
package struct StrayConfig: Sendable, Hashable {
  package let path: String
  package let client: String
  /// Where it would be read.
  package let place: String
}

extension StrayConfig {
  /// Where people put it, whose it is, and where that client looks instead.
  fileprivate struct Row {
    let base: ConfigLocation.Base
    let path: String
    let client: String
    let place: String
  }

  private static let code = "~/.claude.json, or .mcp.json in the project's folder"
  private static let desktop = "~/.config/Claude/claude_desktop_config.json"

  fileprivate static let rows: [Row] = [
    Row(base: .home, path: ".mcp.json", client: "Claude Code", place: code),
    Row(base: .home, path: ".claude/.mcp.json", client: "Claude Code", place: code),
    Row(base: .home, path: ".claude/settings.json", client: "Claude Code", place: code),
    Row(
      base: .home, path: ".claude/claude_desktop_config.json", client: "Claude Code", place: code),
    Row(base: .project, path: ".claude/settings.json", client: "Claude Code", place: code),
    Row(base: .project, path: ".claude/.mcp.json", client: "Claude Code", place: code),
    Row(
      base: .project, path: "claude_desktop_config.json", client: "Claude Desktop", place: desktop),
    Row(base: .home, path: "claude_desktop_config.json", client: "Claude Desktop", place: desktop),
    Row(
      base: .configuration, path: "claude/claude_desktop_config.json", client: "Claude Desktop",
      place: desktop),
    Row(base: .configuration, path: "Claude/config.json", client: "Claude Desktop", place: desktop),
    Row(
      base: .home, path: ".cursor/mcp_config.json", client: "Cursor", place: "~/.cursor/mcp.json"),
    Row(base: .home, path: ".cursor/settings.json", client: "Cursor", place: "~/.cursor/mcp.json"),
    Row(
      base: .configuration, path: "cursor/mcp.json", client: "Cursor", place: "~/.cursor/mcp.json"),
    Row(
      base: .home, path: ".vscode/mcp.json", client: "VS Code",
      place: "~/.config/Code/User/mcp.json"),
    Row(base: .home, path: ".codex/mcp.json", client: "Codex", place: "~/.codex/config.toml"),
    Row(base: .home, path: ".codex/config.json", client: "Codex", place: "~/.codex/config.toml"),
    Row(base: .home, path: ".gemini/mcp.json", client: "Gemini", place: "~/.gemini/settings.json"),
    Row(
      base: .home, path: ".codeium/mcp_config.json", client: "Windsurf",
      place: "~/.codeium/windsurf/mcp_config.json"),
    Row(
      base: .home, path: ".windsurf/mcp_config.json", client: "Windsurf",
      place: "~/.codeium/windsurf/mcp_config.json"),
  ]
}

extension Discovery {
  /// Files with servers in them that nobody reads where they stand.
  package func strays() -> [StrayConfig] {
    let read = Set(Importer.all.flatMap { $0.locations.flatMap(paths) })
    return StrayConfig.rows.compactMap { row in
      guard let folder = places.directory(of: row.base) else { return nil }
      let path = ConfigPlaces.join(folder, row.path)
      guard !read.contains(path), speaksOfServers(path) else { return nil }
      return StrayConfig(path: path, client: row.client, place: row.place)
    }
  }

  /// A settings file may be where it belongs for everything else that stands in it.
  private func speaksOfServers(_ path: String) -> Bool {
    do throws(FileFailure) {
      guard let bytes = try SettingsFile.read(path) else { return false }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.contains("mcpServers") || text.contains("mcp_servers")
    } catch {
      return false
    }
  }
}

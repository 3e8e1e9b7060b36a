import TerminalCore

@testable import ConsoleApp

/// Servers as a person has them: plain ones, wide and hostile names, faults and many.
enum Sample {
  static let servers: [ServerRow] = [
    ServerRow(
      name: "search", transport: .stdio, target: "npx -y @acme/search-server --root .",
      source: "alidade", path: "/home/ann/.config/alidade/servers.toml"),
    ServerRow(
      name: "prod", transport: .http, target: "https://mcp.example.test/mcp?api_key=s3cret",
      source: "claude-code", path: "/home/ann/.claude.json"),
    ServerRow(
      name: "日本語サーバー", transport: .sse, target: "https://例え.test/sse", source: "cursor",
      path: "/home/ann/.cursor/mcp.json"),
    ServerRow(
      name: "off-by-file", transport: .auto, target: "https://old.example.test", source: "codex",
      path: "/home/ann/.codex/config.toml", isEnabled: false),
    ServerRow(
      name: "evil\u{1B}[2J\u{202E}txt", transport: .stdio, target: "sh -c 'echo \u{7}'",
      source: "vscode", path: "/home/ann/.vscode/mcp.json"),
    ServerRow(
      name: "unclear", transport: .http, target: "htps://typo", source: "cursor",
      path: "/home/ann/.cursor/mcp.json",
      findings: ["the URL's scheme is \"htps\"; http or https was expected"]),
  ]

  static let many: [ServerRow] = (1...300).map { number in
    ServerRow(
      name: "server-\(number)", transport: number.isMultiple(of: 3) ? .http : .stdio,
      target: "run-\(number)", source: "alidade")
  }

  /// A state with its servers loaded, after keys as words: `j`, `Enter`, or text between quotes.
  static func state(
    _ width: Int, _ height: Int, rows: [ServerRow] = servers, ascii: Bool = false, keys: String = ""
  ) -> ConsoleState {
    var state = ConsoleState(
      size: Size(width: width, height: height), signs: SignSet(isASCII: ascii))
    _ = Reducer.reduce(&state, .started(notices: []))
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: rows)))
    _ = press(keys, &state)
    return state
  }

  @discardableResult
  static func press(_ keys: String, _ state: inout ConsoleState) -> [Effect] {
    self.keys(keys).flatMap { Reducer.reduce(&state, .input(.key($0))) }
  }

  /// Words are keys by name; any other word is typed letter by letter.
  static func keys(_ words: String) -> [Key] {
    words.split(separator: " ").flatMap { word -> [Key] in
      if let key = Key(named: String(word)) { return [key] }
      return word.map { Key.character($0) }
    }
  }
}

import JSON
import MCPProtocol
import Settings
import TerminalCore

@testable import ConsoleApp
@testable import Operations

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
    _ = Reducer.reduce(&state, .started(notices: [], target: nil))
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: rows)))
    _ = press(keys, &state)
    return state
  }

  /// Servers that can be connected to.
  static let reachable: [ServerRow] = ["demo", "prod"].map { name in
    var definition = ServerDefinition(
      name: name, transport: .stdio, origin: Origin(trust: .user, source: "alidade"))
    definition.command = "run-\(name)"
    var row = ServerRow(
      name: name, transport: .stdio, target: "run-\(name)", source: "alidade",
      path: "~/servers.json")
    row.definition = definition
    return row
  }

  static let facts = ConnectionFacts(
    target: "run-demo", transport: "stdio", isInsecure: false, era: .stateless,
    version: ProtocolVersion(rawValue: "2026-07-28"),
    server: Implementation(name: "demo", version: "1.2"), instructions: "Search before you write.",
    capabilities: ["tools": ["listChanged": true]], supportedVersions: ["2026-07-28"],
    evidence: ["server/discover was answered"], openedIn: .milliseconds(40), http: .null)

  /// A window whose first server is connected and has listed these tools.
  static func connected(
    _ width: Int, _ height: Int, tools: [JSON] = Self.tools, ascii: Bool = false, keys: String = ""
  ) -> ConsoleState {
    var state = state(width, height, rows: reachable, ascii: ascii, keys: "Enter")
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .opened(facts)))
    _ = Reducer.reduce(
      &state, .link(1, attempt: 1, .listed(report(tools), milliseconds: 12)))
    _ = Reducer.reduce(&state, .timerFired(.status))
    _ = press(keys, &state)
    return state
  }

  static func report(_ items: [JSON], _ list: CatalogList = .tools) -> ListReport {
    ListReport(list: list, items: items, pages: 1, issues: [])
  }

  static func answer(_ result: JSON, milliseconds: Int = 84) -> CallReport {
    CallReport(
      result: result, isError: result["isError"]?.bool ?? false,
      duration: .milliseconds(milliseconds), task: nil, rounds: 0, issues: [],
      bytes: result.compactBytes.count)
  }

  static let tools: [JSON] = [
    [
      "name": "search_files", "title": "Search files", "description": "Searches below a root.",
      "annotations": ["readOnlyHint": true, "idempotentHint": true],
      "inputSchema": [
        "type": "object", "required": ["q"],
        "properties": [
          "q": ["type": "string", "minLength": 1, "maxLength": 200, "description": "What to find"],
          "root": ["type": "string", "default": "."],
          "kind": ["enum": ["file", "dir", "any"]],
          "limit": ["type": "integer", "minimum": 1, "maximum": 500, "default": 50],
          "where": [
            "oneOf": [
              [
                "title": "ByGlob", "type": "object", "required": ["glob"],
                "properties": ["glob": ["type": "string"]],
              ],
              [
                "title": "ByOwner", "type": "object", "required": ["owner"],
                "properties": ["owner": ["type": "string"]],
              ],
            ]
          ],
        ],
      ],
      "outputSchema": ["type": "object", "properties": ["matches": ["type": "array"]]],
    ],
    [
      "name": "unseal_vault", "annotations": ["readOnlyHint": false, "destructiveHint": true],
      "inputSchema": ["type": "object"],
    ],
    [
      "name": "evil\u{1B}[2J\u{202E}txt", "description": "Looks harmless\u{200B} and is not",
      "inputSchema": ["type": "object"],
    ],
    ["name": "日本語ツール", "description": "幅の広い文字", "inputSchema": ["type": "object"]],
    ["name": "no_schema"],
    ["name": "broken", "inputSchema": ["type": "wrong", "properties": 12]],
  ]

  static func after(_ keys: String, _ state: ConsoleState) -> ConsoleState {
    var state = state
    press(keys, &state)
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

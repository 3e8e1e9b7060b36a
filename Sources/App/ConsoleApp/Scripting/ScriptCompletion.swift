import Audit
import JSON
import MCPProtocol

/// What a line of the palette could go on with.
enum ScriptCompletion {
  private static let most = 50

  /// Whole lines that begin with what is typed.
  static func lines(_ text: String, _ state: ConsoleState) -> [String] {
    let found: (ConsoleVerb, ScriptWords)?
    do throws(ScriptProblem) { found = try ConsoleVerb.read(text) } catch { return [] }
    guard let (verb, words) = found, text.contains(" ") else { return [] }
    let isNewWord = text.hasSuffix(" ") || words.words.isEmpty
    let last = isNewWord ? "" : words.words.last ?? ""
    let place = words.words.count - (isNewWord ? 0 : 1)
    let candidates =
      place <= 0
      ? subjects(verb.subject, state) : keys(verb, Array(words.words.prefix(place)), state)
    let start = text.dropLast(last.count)
    return candidates.filter { $0.hasPrefix(last) && $0 != last }.prefix(most).map { start + $0 }
  }

  private static func subjects(_ subject: ConsoleVerb.Subject, _ state: ConsoleState) -> [String] {
    switch subject {
    case .nothing, .words: []
    case .server: state.servers.rows.map(\.name)
    case .tool: state.link?.tools.map { quoted($0.tool.name) } ?? []
    case .prompt: state.link?.prompts.map { quoted($0.prompt.name) } ?? []
    case .resource: state.link?.resources.map { quoted($0.uri) } ?? []
    case .view: ScreenRow.roots.map(\.id.rawValue)
    case .column: ScreenRow.of(state.screen).list?.sorts(state).map(\.title) ?? []
    case .theme: Themes.names
    case .chrome: ["min", "full"]
    case .field: LogField.countable.map(\.rawValue)
    }
  }

  /// The arguments of a tool or prompt that are not given yet.
  private static func keys(
    _ verb: ConsoleVerb, _ words: [String], _ state: ConsoleState
  ) -> [String] {
    let name = words.first ?? ""
    let all: [String]
    switch verb.subject {
    case .tool:
      let tool = state.link?.tools.first { $0.tool.name == name }?.tool
      all = tool?.inputSchema?["properties"]?.object?.keys.map { $0 } ?? []
    case .prompt:
      all = state.link?.prompts.first { $0.prompt.name == name }?.arguments.map(\.name) ?? []
    case .column: return ["falling"]
    default: return []
    }
    let given = Set(words.dropFirst().compactMap { $0.split(separator: "=").first })
    return all.filter { !given.contains(Substring($0)) }.map { $0 + "=" }
  }

  private static func quoted(_ word: String) -> String {
    word.contains(where: \.isWhitespace) ? "'\(word)'" : word
  }
}

/// The themes that come with the program, by name.
enum Themes {
  static let names = [
    "default-dark", "default-light", "terminal-16", "mono", "high-contrast-dark",
    "high-contrast-light", "cb-dark", "cb-light", "solarized-dark", "solarized-light",
    "gruvbox-dark", "nord",
  ]
}

import MCPProtocol
import Settings
import TerminalCore
import Widgets

/// One field that finds whatever the window knows: commands, servers, tools. `>` finds commands only, `@` servers only.
struct PaletteState: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    enum Deed: Sendable, Hashable {
      case command(String)
      case server(key: String)
      case tool(Link.ID, name: String)
      /// A target as it was typed.
      case target(String)
    }

    let deed: Deed
    let title: String
    /// What kind of thing it is, or the keys of a command.
    let note: String
    var reason: String?
  }

  var field = TextField()
  var selected = ScrollState()
  private(set) var shown: [Entry] = []
  private let all: [Entry]

  private static let mostShown = 200

  init(_ state: ConsoleState) {
    all = Self.entries(state)
    refresh(state)
  }

  var current: Entry? { shown.indices.contains(selected.cursor) ? shown[selected.cursor] : nil }

  mutating func refresh(_ state: ConsoleState) {
    shown = Self.ranked(all, field.text)
    if let target = Self.target(field.text) { shown.insert(target, at: 0) }
    selected = ScrollState(count: shown.count)
  }

  private static func ranked(_ all: [Entry], _ text: String) -> [Entry] {
    let kinds: [Character: (Entry) -> Bool] = [">": \.isCommand, "@": \.isServer]
    let filter = text.first.flatMap { kinds[$0] }
    let pattern = filter == nil ? text : String(text.dropFirst())
    let candidates = filter.map { all.filter($0) } ?? all
    if pattern.isEmpty { return Array(candidates.prefix(mostShown)) }
    let scored = candidates.enumerated().compactMap { index, entry in
      FuzzyMatch.score(pattern, in: entry.title).map { (score: $0, index: index, entry: entry) }
    }
    let sorted = scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }
    return sorted.prefix(mostShown).map(\.entry)
  }

  /// A URL or a command line to connect to.
  private static func target(_ text: String) -> Entry? {
    let trimmed = text.drop { $0 == " " }
    guard trimmed.contains("://") || trimmed.hasPrefix("-- ") else { return nil }
    return Entry(deed: .target(String(trimmed)), title: "connect to \(trimmed)", note: "target")
  }

  // MARK: - What there is

  private static func entries(_ state: ConsoleState) -> [Entry] {
    let commands = Keymap.active(in: state).filter { !$0.id.hasPrefix("palette.") }
      .filter { !$0.id.hasSuffix(".anywhere") }
      .map { command -> Entry in
        let keys = command.keys.prefix(2).map { Keymap.label($0, state.signs) }
        var entry = Entry(
          deed: .command(command.id), title: command.title, note: keys.joined(separator: " "))
        if case .disabled(let reason) = command.availability(state) { entry.reason = reason }
        return entry
      }
    let servers = state.servers.rows.map { row in
      Entry(deed: .server(key: row.key), title: row.name, note: "server, \(row.source)")
    }
    let links = state.links.values.sorted { $0.id < $1.id }
    let tools = links.flatMap { link in
      link.tools.map { item in
        Entry(
          deed: .tool(link.id, name: item.tool.name), title: item.tool.name,
          note: "tool, \(link.name)")
      }
    }
    return commands + servers + tools
  }
}

extension PaletteState.Entry {
  var isCommand: Bool { if case .command = deed { true } else { false } }
  var isServer: Bool { if case .server = deed { true } else { false } }
}

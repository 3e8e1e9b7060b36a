import MCPProtocol
import Settings
import TerminalCore
import Widgets

/// One field that finds whatever the window knows, and runs lines: `>` finds commands only, `@` servers, `#` calls.
struct PaletteState: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    enum Deed: Sendable, Hashable {
      case command(String)
      case server(key: String)
      /// An item of a list of a connection, by what it is known by there.
      case item(Screen, key: String)
      /// A view that is opened under the list it belongs to.
      case view(under: Screen, Screen)
      /// A target as it was typed.
      case target(String)
      /// A whole line to run.
      case line(String)
      /// A text for the field, to go on typing.
      case text(String)
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
  private let recent: [String]

  private static let mostShown = 200

  init(_ state: ConsoleState) {
    all = PaletteEntries(state).all
    recent = state.recentTitles
    refresh(state)
  }

  var current: Entry? { shown.indices.contains(selected.cursor) ? shown[selected.cursor] : nil }

  mutating func refresh(_ state: ConsoleState) {
    shown = lines(field.text, state) + ranked(field.text)
    if let target = Self.target(field.text) { shown.insert(target, at: 0) }
    selected = ScrollState(count: shown.count)
  }

  mutating func type(_ text: String, _ state: ConsoleState) {
    field = TextField(text)
    refresh(state)
  }

  /// The line as it stands, and what it could go on with.
  private func lines(_ text: String, _ state: ConsoleState) -> [Entry] {
    let found: (ConsoleVerb, ScriptWords)?
    do throws(ScriptProblem) { found = try ConsoleVerb.read(text) } catch {
      return [Entry(deed: .text(text), title: text, note: error.sentence)]
    }
    guard let (verb, words) = found else { return [] }
    let isWhole = verb.usage.isEmpty || verb.usage.hasPrefix("[") || !words.words.isEmpty
    let own = Entry(
      deed: isWhole ? .line(text) : .text(verb.name + " "), title: ":\(text)",
      note: "\(verb.name) \(verb.usage)")
    let others = ScriptCompletion.lines(text, state).map {
      Entry(deed: .text($0), title: ":\($0)", note: state.key(of: "palette.complete"))
    }
    return [own] + others
  }

  private func ranked(_ text: String) -> [Entry] {
    let kinds: [Character: (Entry) -> Bool] = [
      ">": \.isCommand, "@": \.isServer, "#": \.isCall,
    ]
    let filter = text.first.flatMap { kinds[$0] }
    let pattern = filter == nil ? text : String(text.dropFirst())
    let candidates = filter.map { all.filter($0) } ?? all
    if pattern.isEmpty { return Array(candidates.prefix(Self.mostShown)) }
    let scored = candidates.enumerated().compactMap { index, entry in
      score(entry, pattern).map { (score: $0, index: index, entry: entry) }
    }
    let sorted = scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }
    return sorted.prefix(Self.mostShown).map(\.entry)
  }

  /// The exact key first, then names that begin so, and what was used lately a little higher.
  private func score(_ entry: Entry, _ pattern: String) -> Int? {
    let isKey = entry.isCommand && entry.note.split(separator: " ").contains { $0 == pattern }
    guard let score = FuzzyMatch.score(pattern, in: entry.title) else {
      return isKey ? 50_000 : nil
    }
    let used = recent.firstIndex(of: entry.title).map { 300 - $0 * 10 } ?? 0
    return score + max(0, used) + (isKey ? 50_000 : 0)
  }

  /// A URL or a command line to connect to.
  private static func target(_ text: String) -> Entry? {
    let trimmed = text.drop { $0 == " " }
    guard isURL(trimmed) || trimmed.hasPrefix("-- ") else { return nil }
    return Entry(deed: .target(String(trimmed)), title: "connect to \(trimmed)", note: "target")
  }

  private static func isURL(_ text: Substring) -> Bool {
    text.hasPrefix("http://") || text.hasPrefix("https://")
  }
}

extension PaletteState.Entry {
  var isCommand: Bool { if case .command = deed { true } else { false } }
  var isServer: Bool { if case .server = deed { true } else { false } }
  var isCall: Bool { title.hasPrefix("#") }
}

extension ConsoleState {
  private static let mostRecent = 20

  /// Remembers what was found, so that it is found sooner the next time.
  mutating func remember(_ entry: PaletteState.Entry) {
    recentTitles.removeAll { $0 == entry.title }
    recentTitles = Array(([entry.title] + recentTitles).prefix(Self.mostRecent))
  }
}

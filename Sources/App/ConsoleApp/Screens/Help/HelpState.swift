import TerminalCore
import Widgets

/// The help of the view under it: the commands as they were when it was opened, a filter and a cursor.
struct HelpState: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    let id: String
    let title: String
    let keys: [Key]
    /// Why it cannot be run now.
    let reason: String?

    init(_ command: ConsoleCommand, _ state: ConsoleState) {
      id = command.id
      title = command.title
      keys = command.keys
      if case .disabled(let reason) = command.availability(state) {
        self.reason = reason
      } else {
        reason = nil
      }
    }
  }

  let entries: [Entry]
  var filter = TextField()
  var selected: ScrollState

  init(entries: [Entry]) {
    // The second key of a command is none of its own to a reader.
    self.entries = entries.filter { !$0.id.hasSuffix(".anywhere") }
    selected = ScrollState(count: self.entries.count)
  }

  /// Those that the filter lets through: words of the title, or a key after `@`.
  var shown: [Entry] {
    let words = filter.text.split(separator: " ")
    return entries.filter { entry in words.allSatisfy { entry.matches($0) } }
  }

  var current: Entry? {
    let shown = shown
    return shown.indices.contains(selected.cursor) ? shown[selected.cursor] : nil
  }
}

extension HelpState.Entry {
  func matches(_ word: Substring) -> Bool {
    if word.hasPrefix("@") {
      let key = word.dropFirst()
      return keys.contains { $0.description == key || $0.description.lowercased() == key }
    }
    return title.lowercased().contains(word.lowercased())
  }
}

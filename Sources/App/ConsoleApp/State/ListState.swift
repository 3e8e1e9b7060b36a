import Widgets

/// What a view remembers of its list while others are shown: the filter, what it lets through, and the cursor.
struct ListState: Sendable, Hashable {
  /// Indices of the items that are shown, in their order on the screen.
  var shown: [Int] = []
  var selected = ScrollState()
  var filter = TextField()
  var isFilterFocused = false
  /// What the item under the cursor is known by when the list is loaded again.
  var currentKey: String?
  /// The state of the items that `shown` was made of.
  var revision: Int?
  /// How many items were looked at so far, where they only ever grow.
  var seen = 0
  /// The cursor stays on the newest item of a list that grows.
  var follows = true
  /// The number of the newest item when the following ended.
  var pausedAt: Int?
  /// The first line of the detail that is in view.
  var detailTop = 0
  /// The part of the detail that is shown.
  var tab = 0

  var current: Int? { item(at: selected.cursor) }

  func item(at line: Int) -> Int? { shown.indices.contains(line) ? shown[line] : nil }
}

/// A filter in words: every one must occur, `!word` must not; case counts where a word has an upper-case letter.
struct FilterWords: Sendable, Hashable {
  private struct Word: Sendable, Hashable {
    let text: String
    let isExact: Bool
    let isExcluded: Bool
  }

  private let words: [Word]

  init(_ text: String) {
    words = text.split(separator: " ").compactMap { part in
      let isExcluded = part.hasPrefix("!") && part.count > 1
      let text = String(isExcluded ? part.dropFirst() : part)
      return Word(
        text: text, isExact: text.contains { $0.isUppercase }, isExcluded: isExcluded)
    }
  }

  var isEmpty: Bool { words.isEmpty }

  func match(_ fields: [String]) -> Bool {
    if words.isEmpty { return true }
    let lowered = fields.map { $0.lowercased() }
    return words.allSatisfy { word in
      let found = (word.isExact ? fields : lowered).contains { $0.contains(word.text) }
      return found != word.isExcluded
    }
  }
}

import Widgets

/// What a view remembers of its list while others are shown: the filter, what it lets through, and the cursor.
struct ListState: Sendable, Hashable {
  /// Indices of the items that are shown, in their order on the screen.
  var shown: [Int] = []
  var selected = ScrollState()
  var filter = TextField()
  var isFilterFocused = false
  /// The last filter that could be read: it stays in force while a broken one is being typed.
  var filterInForce = ""
  /// Why the present filter cannot be read.
  var filterProblem: String?
  /// Filters that were kept, the newest first.
  var earlierFilters: [String] = []
  /// The filter that was brought back of those, until it is typed in.
  var recalledFilter: String?
  /// What the filter was before it was typed in.
  var filterBefore = ""
  /// Filters that stand beside the typed one.
  var rules = FilterRules()
  /// What the shown items were filtered by.
  var filtered: Filtered?
  /// The texts of a long list, gathered when it is filtered first.
  var haystack: Haystack?
  var order: ListOrder?
  /// Items that a person has marked, by what they are known by.
  var marks: Set<String> = []
  /// Where the last mark was set.
  var lastMark: String?
  /// What the item under the cursor is known by when the list is loaded again.
  var currentKey: String?
  /// Its place among the items, as long as they are those of `revision`.
  var currentItem: Int?
  /// The state of the items that `shown` was made of.
  var revision: Int?
  /// The rows that are being looked for beside the loop.
  var awaited: ListWish?
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
  /// What is searched for in the text of the view.
  var search = ""
  /// The line of the text where it was found last.
  var hit: Int?

  var current: Int? { item(at: selected.cursor) }

  func item(at line: Int) -> Int? { shown.indices.contains(line) ? shown[line] : nil }

  /// The next line from the cursor on, in steps, whose item is wanted.
  func line(_ step: Int, where isWanted: (Int) -> Bool) -> Int? {
    var line = selected.cursor + step
    while let item = item(at: line) {
      if isWanted(item) { return line }
      line += step
    }
    return nil
  }
}

extension ListState {
  /// By what the shown items were chosen, and among which.
  struct Filtered: Sendable, Hashable {
    private let text: String
    private let rules: FilterRules
    private let revision: Int

    init(by text: String, _ rules: FilterRules, revision: Int) {
      self.text = text
      self.rules = rules
      self.revision = revision
    }

    /// Whether it lets through nothing that the other keeps out: a word that goes on does, unless it is one that must not occur.
    func narrows(_ other: Filtered) -> Bool {
      revision == other.revision && rules == other.rules && !text.contains("!")
        && text.hasPrefix(other.text)
    }
  }
}

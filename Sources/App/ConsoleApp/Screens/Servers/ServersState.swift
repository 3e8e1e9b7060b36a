import Widgets

/// The list of servers: its rows, the filter over them and where the cursor is.
struct ServersState: Sendable, Hashable {
  private(set) var rows: [ServerRow] = []
  /// False until the first report has come.
  private(set) var isLoaded = false
  /// Indices of the rows that the filter lets through.
  private(set) var shown: [Int] = []
  var selected = ScrollState()
  var filter = TextField()
  var isFilterFocused = false

  var current: ServerRow? {
    shown.indices.contains(selected.cursor) ? rows[shown[selected.cursor]] : nil
  }

  var hidden: Int { rows.count - shown.count }

  func row(at line: Int) -> ServerRow? {
    shown.indices.contains(line) ? rows[shown[line]] : nil
  }

  /// Takes new rows; the cursor stays on the server it was on.
  mutating func setRows(_ new: [ServerRow], height: Int) {
    let kept = current
    rows = new
    isLoaded = true
    refilter(height: height)
    if let kept, let line = shown.firstIndex(where: { rows[$0].isSame(as: kept) }) {
      selected.move(.to(line), height: height)
    }
  }

  mutating func refilter(height: Int) {
    let words = filter.text.split(separator: " ").map(String.init)
    shown = rows.indices.filter { index in words.allSatisfy { rows[index].matches($0) } }
    selected.setCount(shown.count, height: height)
  }

  /// Takes the filter away and keeps the cursor on its server.
  mutating func clearFilter(height: Int) {
    let kept = current
    filter = TextField()
    isFilterFocused = false
    refilter(height: height)
    if let kept, let line = shown.firstIndex(where: { rows[$0].isSame(as: kept) }) {
      selected.move(.to(line), height: height)
    }
  }

  mutating func fit(height: Int) { selected.move(.by(0), height: height) }
}

extension ServerRow {
  fileprivate func isSame(as other: ServerRow) -> Bool {
    name == other.name && source == other.source && path == other.path
  }

  /// Case counts only where the word has an upper-case letter.
  fileprivate func matches(_ word: String) -> Bool {
    let isExact = word.contains { $0.isUppercase }
    return [name, transport.rawValue, target, source].contains { field in
      (isExact ? field : field.lowercased()).contains(word)
    }
  }
}

import JSON
import TerminalCore
import Widgets

/// The ways an answer is looked at.
enum ResultTab: String, Sendable, Hashable, CaseIterable {
  case text, tree, table, raw
}

/// What was made of an answer for looking at it, kept while it is looked at.
struct ResultState: Sendable, Hashable {
  let tabs: [ResultTab]
  var tree: JSONTree
  let table: ResultTable?
  var tab: ResultTab
  /// Lines of the text and of the raw view, foreign still: they are made safe when they are drawn.
  private(set) var lines: [ResultLine] = []
  private(set) var revision = 0
  private var madeFor: (tab: ResultTab, width: Int)?
  private let result: JSON

  init(_ result: JSON) {
    self.result = result
    tree = JSONTree(result)
    table = ResultTable(result)
    let hasText = ResultWords.hasText(result)
    tabs = (hasText ? [.text] : []) + [.tree] + (table == nil ? [] : [.table]) + [.raw]
    tab = tabs[0]
  }

  var count: Int {
    switch tab {
    case .tree: tree.rows.count
    case .table: table?.rows.count ?? 0
    case .text, .raw: lines.count
    }
  }

  /// Makes the lines of the present tab where they are not made yet.
  mutating func prepare(width: Int) {
    guard tab == .text || tab == .raw else { return }
    if let madeFor, madeFor == (tab, width) { return }
    madeFor = (tab, width)
    revision += 1
    lines = tab == .text ? ResultWords.lines(of: result, width: width) : ResultWords.raw(result)
  }

  mutating func turn(by step: Int) {
    guard let place = tabs.firstIndex(of: tab) else { return }
    tab = tabs[(place + step + tabs.count) % tabs.count]
    revision += 1
  }
}

extension ResultState {
  static func == (left: ResultState, right: ResultState) -> Bool {
    left.tab == right.tab && left.tree == right.tree && left.revision == right.revision
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(tab)
    hasher.combine(revision)
  }
}

/// A line of an answer and what it is.
struct ResultLine: Sendable, Hashable {
  var text: String
  var role: Role = .text

  init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

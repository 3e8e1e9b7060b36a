import TerminalCore
import Widgets

/// A kind of view as a row: how it is named, what it lists, its commands, and how it is drawn. A new view is a folder with one of these.
struct ScreenRow: Sendable {
  typealias Edit = @Sendable (inout ConsoleState, TextInput) -> Bool

  let id: ScreenID
  /// As tabs and documents write it.
  let title: String
  /// The same where there is little room for it.
  var shortTitle: String?
  /// The digit that opens it from anywhere; nil for views inside others.
  var digit: Character?
  /// It is opened from the menu of further views.
  var isPlace = false
  /// It shows something of one connection and needs one.
  var isOfLink = false
  let crumbs: @Sendable (ConsoleState, Screen) -> [String]
  /// The scopes of keys, the innermost first, without `browsing` and `everywhere`; nil is its own, and `list` where there is one.
  var scopes: (@Sendable (ConsoleState, Screen) -> [ConsoleCommand.Scope])?
  /// Scopes inside the view that have keys of their own, with their titles in the documents.
  var innerScopes: [(scope: ConsoleCommand.Scope, title: String)] = []
  var list: ListSource?
  /// The text that fills the view, where it is one, so that it can be scrolled.
  var text: (@Sendable (ConsoleState, Screen) -> TextView)?
  /// Takes what is typed into the text field that has the focus, where the view has fields of its own.
  var edit: Edit?
  /// A column beside it shows what passes the wire, where there is room for three.
  var showsWire = true
  /// What can be written to a file, the most useful first.
  var exports: @Sendable (ConsoleState, Screen) -> [Export] = { _, _ in [] }
  /// What `y` offers.
  var copies: @Sendable (ConsoleState, Screen) -> [CopyMenu.Item] = { _, _ in [] }
  /// What is to be done when the view is opened, such as loading what it shows.
  var opened: @Sendable (inout ConsoleState, Screen) -> [Effect] = { _, _ in [] }
  /// Makes what is drawn where it is made once and kept; runs after every action.
  var prepare: (@Sendable (inout ConsoleState, Screen) -> Void)?
  /// What is to be done when the view is asked for newer facts.
  var refresh: (@Sendable (inout ConsoleState, Screen) -> [Effect])?
  var commands: [ConsoleCommand] = []
  let draw: @Sendable (ConsoleState, Screen, inout Canvas) -> Void

  var scope: ConsoleCommand.Scope { ConsoleCommand.Scope(rawValue: id.rawValue) }

  func activeScopes(_ state: ConsoleState, _ screen: Screen) -> [ConsoleCommand.Scope] {
    scopes?(state, screen) ?? [scope] + (list == nil ? [] : [.list])
  }
}

/// What a view lists: how many items, how each is known and found, and where their rows are.
struct ListSource: Sendable {
  let count: @Sendable (ConsoleState, Screen) -> Int
  /// What an item is known by when the list is loaded again.
  let key: @Sendable (ConsoleState, Screen, Int) -> String
  /// The texts that a filter looks at.
  let fields: @Sendable (ConsoleState, Screen, Int) -> [String]
  /// Changes whenever the items do.
  let revision: @Sendable (ConsoleState, Screen) -> Int
  /// What the operators of a filter ask for; nil where a filter is words alone.
  var facts: (@Sendable (ConsoleState, Screen, Int) -> FilterFacts)?
  /// What it can be sorted by.
  var sorts: [SortColumn] = []
  /// The same where it depends on what is listed.
  var ownSorts: (@Sendable (ConsoleState, Screen) -> [SortColumn])?
  /// The columns of its rows, where they are a table, and what stands in them.
  var table: Table?
  var cells: (@Sendable (ConsoleState, Screen, Int, SignSet) -> [Span])?
  /// What a row is known by for notes that are put on it, over all runs; nil takes none.
  var noteKey: (@Sendable (ConsoleState, Screen, Int) -> String)?
  /// Items come at the end and leave only with a new revision.
  var grows = false
  /// A list that knows by itself which of its items are shown, because asking one after the other would take too long.
  struct OwnRows: Sendable {
    let shown: @Sendable (ConsoleState, Screen) -> [Int]
    /// Where in the list an item is shown, by its key.
    let line: @Sendable (ConsoleState, Screen, String) -> Int?
    /// The items that a filter would find; nil where it cannot be read.
    let found: @Sendable (ConsoleState, Screen, String) -> [Int]?
  }

  var ownRows: OwnRows?
  /// Its texts in one piece where they were gathered: filtering by words then looks at nothing else.
  var haystack: (@Sendable (ConsoleState, Screen) -> Haystack?)?
  /// The row that says that more is left out, which no filter hides: of what is left out it found nothing.
  var rest: (@Sendable (ConsoleState, Screen) -> Int?)?
  /// Its rows are too many to be filtered and ordered while a key waits.
  var takesLong: (@Sendable (ConsoleState, Screen) -> Bool)?
  /// Where the rows are drawn.
  var rows: @Sendable (ConsoleState) -> Rect = { SplitLayout($0).rows }
  /// Lines of the detail beside the list, so that it can be scrolled.
  var detail: (@Sendable (ConsoleState, Screen, Int) -> TextView)?

  func sorts(_ state: ConsoleState) -> [SortColumn] { ownSorts?(state, state.screen) ?? sorts }
}

extension ScreenRow {
  static func of(_ id: ScreenID) -> ScreenRow { byID[id] ?? servers }
  static func of(_ screen: Screen) -> ScreenRow { of(screen.id) }

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}

import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

/// The ways an answer is looked at.
enum ResultTab: String, Sendable, Hashable, CaseIterable {
  case image, markdown = "md", changes = "diff", chat, text, tree, table, hex, raw, wire, asked
}

/// What was made of an answer for looking at it, kept while it is looked at.
struct ResultState: Sendable, Hashable {
  let tabs: [ResultTab]
  var tree: JSONTree
  let table: ResultTable?
  var tab: ResultTab
  /// Lines of every view that is no tree and no table, foreign still: they are made safe when they are drawn.
  private(set) var lines: [ResultLine] = [] {
    didSet { cut = lines.firstIndex(where: \.saysMore) }
  }
  private var cut: Int?
  private(set) var picture: HalfBlocks?
  /// The picture itself, for a terminal that shows pixels.
  private(set) var source: ResultPicture?
  private(set) var revision = 0
  /// The texts of the rows, gathered once somebody filters them.
  private(set) var haystack: Haystack?
  private var madeFor: Making?
  /// It is worked on beside the loop.
  let isLarge: Bool
  /// Only the first of the answer is here yet.
  private(set) var isBeginning = false
  /// More of it is wanted than one looks at first.
  private(set) var isWhole = false
  /// A person has turned to another tab.
  private(set) var wasTurned = false
  /// What is to be made of it beside the loop.
  private(set) var wish: ResultWork.Wish?
  var running: ResultWork.Running?
  /// What was wanted of it was cancelled.
  private(set) var isStopped = false

  /// What lines are made for: they are made again for another.
  struct Making: Sendable, Hashable {
    let tab: ResultTab
    let size: Size
    let wire: Int
    let keys: ResultKeys
    let isWhole: Bool
  }

  private let result: JSON
  private let asked: JSON?
  let blobs: [ResultBlob]
  /// What is shown byte by byte.
  private let bytes: ResultBlob?
  private let markdown: String?

  /// `asked` is what was sent, for a call of which nothing else tells it any more.
  init(
    _ result: JSON, asked: JSON? = nil, folds: [String: Bool] = [:], isLarge: Bool = false
  ) {
    self.result = result
    self.isLarge = isLarge
    self.asked = asked
    tree = JSONTree(result, folds: folds)
    table = ResultTable(result)
    blobs = ResultBlobs.of(result)
    bytes = blobs.first ?? ResultBlobs.text(of: result)
    markdown = ResultWords.markdown(result)
    let hasText = ResultWords.hasText(result)
    let has: [(ResultTab, Bool)] = [
      (.image, blobs.contains { PictureFacts($0.bytes) != nil }), (.markdown, markdown != nil),
      (.changes, TextChanges.sides(of: result) != nil),
      (.chat, Transcript.turns(of: result) != nil), (.text, hasText), (.tree, true),
      (.table, table != nil), (.hex, bytes != nil), (.raw, true), (.wire, asked == nil),
      (.asked, asked != nil),
    ]
    tabs = has.filter(\.1).map(\.0)
    let isStructured = result["structuredContent"] != nil && ResultWords.isJSONText(result)
    let first = tabs[0]
    tab = first == .text && isStructured ? .tree : first
  }

  var count: Int {
    switch tab {
    case .tree: tree.rows.count
    case .table: table?.rows.count ?? 0
    default: lines.count
    }
  }

  /// The row that says that more is not shown here.
  var cutRow: Int? { tab == .tree || tab == .table ? nil : cut }

  /// Makes the lines of the present tab where they are not made yet; `wire` are those of the messages of the call.
  mutating func prepare(
    _ size: Size, _ wireCount: Int, _ keys: ResultKeys, _ wire: () -> [ResultLine]
  ) {
    guard tab != .tree, tab != .table else { return }
    let making = making(size, keys, wireCount)
    if madeFor == making { return }
    guard isLarge, tab != .wire, tab != .asked else { return make(making, wire) }
    if wish != .whole { wish = .lines(making) }
    guard madeFor?.tab != tab else { return }
    (madeFor, lines, picture) = (nil, [], nil)
    revision += 1
  }

  /// Only a picture asks how high the room is.
  private func making(_ size: Size, _ keys: ResultKeys, _ wireCount: Int = 0) -> Making {
    Making(
      tab: tab, size: tab == .image ? size : Size(width: size.width, height: 0),
      wire: tab == .wire ? wireCount : 0, keys: keys, isWhole: isWhole)
  }

  mutating func make(_ making: Making, _ wire: () -> [ResultLine]) {
    let (size, keys) = (making.size, making.keys)
    madeFor = making
    revision += 1
    picture = nil
    switch making.tab {
    case .text:
      lines = ResultWords.lines(
        of: result, width: size.width, isWhole: making.isWhole, keys.all)
      if !blobs.isEmpty { lines += [ResultLine(""), keys.hint(of: blobs)] }
    case .markdown:
      lines = MarkdownText.lines(markdown ?? "", width: size.width).map(ResultLine.init(spans:))
    case .changes:
      lines = TextChanges.sides(of: result).map(TextChanges.lines) ?? []
    case .chat:
      lines = ResultWords.lines(ofTurns: Transcript.turns(of: result) ?? [], width: size.width)
    case .hex: lines = bytes.map { HexLines.of($0, keys, isWhole: making.isWhole) } ?? []
    case .image: makeImage(size, keys)
    case .raw: lines = ResultWords.raw(result)
    case .wire: lines = wire()
    case .asked: lines = ResultWords.raw(asked ?? .null)
    case .tree, .table: break
    }
  }

  /// What a filter looks at of a row.
  func fields(_ index: Int) -> [String] {
    switch tab {
    case .tree:
      let row = tree.rows[index]
      return [row.key ?? "", String(TreeWords.leaf(row.value).prefix(2000))]
    case .table: return table.map { [$0.rows[index].compact] } ?? []
    default: return [String(lines[index].text.prefix(4000))]
    }
  }

  /// Changes whenever the rows do.
  var rowsRevision: Int { revision + tree.revision * 1000 }

  mutating func gather() {
    guard haystack?.revision != rowsRevision else { return }
    haystack = Haystack(count, revision: rowsRevision, fields: fields)
  }

  /// Facts of the first picture, and itself where it can be drawn.
  private mutating func makeImage(_ size: Size, _ keys: ResultKeys) {
    guard let blob = blobs.first(where: { PictureFacts($0.bytes) != nil }),
      let facts = PictureFacts(blob.bytes)
    else { return }
    lines = [ResultLine(blob.facts, .title), ResultLine(blob.digest, .dim), keys.hint(of: blobs)]
    let others = blobs.count - 1
    if others > 0 { lines[2].text = "and \(others) more; " + lines[2].text }
    let pixels = PNGPicture.read(blob.bytes)
    source = ResultPicture(facts, blob.bytes, pixels)
    picture = pixels.map {
      HalfBlocks($0, columns: size.width, rows: size.height - lines.count - 1)
    }
    if picture == nil {
      lines.append(ResultLine("No preview of this format here.", .dim))
    }
  }

  // MARK: - Beside the loop

  /// The whole of the answer that this is the beginning of, its lines made for the same tab.
  func whole(
    _ answer: JSON, asked: JSON?, folds: [String: Bool], _ size: Size, _ keys: ResultKeys
  ) -> ResultState {
    var whole = ResultState(answer, asked: asked, folds: folds, isLarge: true)
    whole.isWhole = isWhole
    if wasTurned, whole.tabs.contains(tab) { whole.tab = tab }
    whole.make(whole.making(size, keys)) { [] }
    return whole
  }

  /// The first of a large answer; the whole of it is wished for.
  init(beginningOf answer: JSON, asked: JSON?) {
    self.init(AnswerBeginning.of(answer), asked: asked)
    isBeginning = true
    wish = .whole
  }

  /// The whole has come in the place of the beginning; the tab stays where a person has chosen one.
  mutating func grow(to whole: ResultState) {
    let place = rowsRevision
    self = whole
    revision = place + 1
  }

  mutating func takeLines(of made: ResultState) {
    guard case .lines(let making)? = wish, made.madeFor == making else { return }
    wish = nil
    (lines, picture, source, madeFor) = (made.lines, made.picture, made.source, made.madeFor)
    revision += 1
  }

  /// Folds or unfolds; what is long is done beside the loop.
  mutating func fold(_ change: JSONTree.Change) {
    guard isLarge, tree.isLong(change) else { return tree.make(change) }
    wish = .tree(change)
  }

  mutating func take(_ tree: JSONTree) {
    guard case .tree? = wish else { return }
    wish = nil
    self.tree = tree
  }

  mutating func keep(_ haystack: Haystack) { self.haystack = haystack }

  /// Lets go of what runs. What was only to be unfolded or filtered stays as it is.
  mutating func stop() {
    switch running?.wish {
    case .whole, .lines: isStopped = true
    case .tree: wish = nil
    case .rows, nil: break
    }
    running = nil
  }

  /// Goes on with what was stopped, and no longer stops where one has seen enough.
  mutating func wantAll() {
    isStopped = false
    isWhole = true
  }

  /// There is more than is shown.
  var canGrow: Bool { isStopped || !isWhole && (tab == .text || tab == .hex) }

  mutating func turn(to tab: ResultTab) {
    (self.tab, wasTurned) = (tab, true)
  }

  mutating func turn(by step: Int) {
    wasTurned = true
    wish = isBeginning ? .whole : nil
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
  /// Its parts, where they are of several kinds; safe already.
  var spans: [Span]?
  /// The resource that it names.
  var uri: String?
  /// It is of JSON that was laid out.
  var isJSON = false
  /// It stands for all that is left out after it.
  var saysMore = false

  init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }

  init(spans: [Span]) {
    text = spans.map(\.text).joined()
    self.spans = spans
  }
}

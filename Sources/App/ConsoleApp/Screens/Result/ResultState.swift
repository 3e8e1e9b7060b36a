import JSON
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
  private(set) var lines: [ResultLine] = []
  private(set) var picture: HalfBlocks?
  /// The picture itself, for a terminal that shows pixels.
  private(set) var source: ResultPicture?
  private(set) var revision = 0
  /// The texts of the rows, gathered once somebody filters them.
  private(set) var haystack: Haystack?
  private var madeFor: (tab: ResultTab, size: Size, wire: Int, keys: ResultKeys)?
  private let result: JSON
  private let asked: JSON?
  let blobs: [ResultBlob]
  /// What is shown byte by byte.
  private let bytes: ResultBlob?
  private let markdown: String?

  /// `asked` is what was sent, for a call of which nothing else tells it any more.
  init(_ result: JSON, asked: JSON? = nil, folds: [String: Bool] = [:]) {
    self.result = result
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

  /// Makes the lines of the present tab where they are not made yet; `wire` are those of the messages of the call.
  mutating func prepare(
    _ size: Size, _ wireCount: Int, _ keys: ResultKeys, _ wire: () -> [ResultLine]
  ) {
    guard tab != .tree, tab != .table else { return }
    let wanted = (tab, size, tab == .wire ? wireCount : 0, keys)
    if let madeFor, madeFor == wanted { return }
    madeFor = wanted
    revision += 1
    picture = nil
    switch tab {
    case .text:
      lines = ResultWords.lines(of: result, width: size.width)
      if !blobs.isEmpty { lines += [ResultLine(""), keys.hint(of: blobs)] }
    case .markdown:
      lines = MarkdownText.lines(markdown ?? "", width: size.width).map(ResultLine.init(spans:))
    case .changes:
      lines = TextChanges.sides(of: result).map(TextChanges.lines) ?? []
    case .chat:
      lines = ResultWords.lines(ofTurns: Transcript.turns(of: result) ?? [], width: size.width)
    case .hex: lines = bytes.map { HexLines.of($0, write: keys.write) } ?? []
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
  /// Its parts, where they are of several kinds; safe already.
  var spans: [Span]?
  /// The resource that it names.
  var uri: String?
  /// It is of JSON that was laid out.
  var isJSON = false

  init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }

  init(spans: [Span]) {
    text = spans.map(\.text).joined()
    self.spans = spans
  }
}

import JSON
import SafeText
import TerminalCore
import Widgets

/// An array of objects as a table; nil where an answer holds none.
struct ResultTable: Sendable, Hashable {
  let columns: [String]
  let rows: [JSON]
  private let widths: [Int]

  private static let mostColumns = 12
  private static let widest = 40
  private static let sampled = 200

  init?(_ result: JSON) {
    guard let rows = Self.rows(in: result) else { return nil }
    var order: [String] = []
    var seen: Set<JSONKey> = []
    for row in rows.prefix(Self.sampled) {
      for key in row.object?.keys ?? [] where seen.insert(JSONKey(key)).inserted {
        order.append(key)
      }
    }
    columns = Array(order.prefix(Self.mostColumns))
    self.rows = rows
    widths = columns.map { Self.width(of: $0, in: rows) }
  }

  /// The room for the widest cell of all, up to a limit: a number that is cut reads as another one.
  private static func width(of column: String, in rows: [JSON]) -> Int {
    var width = CharacterWidth.of(column)
    for row in rows where width < widest {
      let text = text(row[column])
      // No text is wider than it has bytes: most need no measuring.
      if text.utf8.count > width { width = max(width, CharacterWidth.of(text)) }
    }
    return min(widest, width)
  }

  /// The structured content, its only member, or JSON that came as text.
  private static func rows(in result: JSON) -> [JSON]? {
    var candidates: [JSON] = []
    if let content = result["structuredContent"] { candidates.append(content) }
    let parts = (result["content"] ?? result["contents"])?.array ?? []
    if let json = parts.first?["text"]?.string.flatMap(ResultWords.json) {
      candidates.append(json)
    }
    for candidate in candidates {
      let lists = [candidate] + (candidate.object?.members.map(\.value) ?? [])
      if let list = lists.compactMap(\.array).first(where: isTable) { return list }
    }
    return nil
  }

  private static func isTable(_ list: [JSON]) -> Bool {
    !list.isEmpty && list.prefix(sampled).allSatisfy { $0.object?.isEmpty == false }
  }

  static func text(_ value: JSON?) -> String {
    guard let value else { return "" }
    return String((value.string ?? value.compact).prefix(widest * 2))
  }

  func table(_ signs: SignSet) -> Table {
    Table(
      columns.enumerated().map { index, column in
        .init(
          signs.safe(column, limit: 60).text, width: max(1, widths[index]),
          growth: index == columns.count - 1 ? 1 : 0, rank: index)
      })
  }

  func cells(_ index: Int, _ signs: SignSet) -> [Span] {
    columns.map { column in
      let value = rows[index][column]
      return Span(signs.safe(Self.text(value), limit: 200).text, JSONWords.role(value))
    }
  }
}

/// How JSON is coloured.
enum JSONWords {
  static func role(_ value: JSON?) -> Role {
    switch value {
    case .string?: .jsonString
    case .number?: .jsonNumber
    case .bool?: .jsonBool
    case .null?: .jsonNull
    case .array?, .object?: .jsonPunctuation
    case nil: .dim
    }
  }
}

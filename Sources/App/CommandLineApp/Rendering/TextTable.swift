import JSON
import SafeText

/// Rows of cells as aligned lines.
struct TextTable {
  private let rows: [[String]]

  init(header: [String], rows: [[String]]) { self.rows = [header] + rows }

  /// An array of flat objects with the same members; nil for anything else.
  init?(_ json: JSON) {
    let array =
      json.array ?? json.object.flatMap { $0.count == 1 ? $0.members[0].value.array : nil }
    guard let array, array.count > 1, let keys = array[0].object?.keys, !keys.isEmpty,
      array.allSatisfy({ Self.isFlat($0, keys) })
    else { return nil }
    rows = [keys] + array.map { item in keys.map { Self.cell(item[$0] ?? .null) } }
  }

  private static func isFlat(_ json: JSON, _ keys: [String]) -> Bool {
    guard let object = json.object, object.keys == keys else { return false }
    return object.members.allSatisfy { $0.value.array == nil && $0.value.object == nil }
  }

  private static func cell(_ json: JSON) -> String {
    json.isNull ? "-" : json.string ?? json.compact
  }

  var lines: [String] {
    let safe = rows.map { $0.map { SafeText($0).text } }
    let count = safe.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      safe.map { column < $0.count ? min($0[column].count, Self.widest) : 0 }.max() ?? 0
    }
    return safe.map { row in
      row.enumerated().map { column, text in
        column == row.count - 1 ? text : Self.padded(text, to: widths[column])
      }.joined(separator: "  ")
    }
  }

  private static let widest = 40

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

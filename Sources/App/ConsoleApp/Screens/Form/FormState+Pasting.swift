import JSON
import JSONSchema
import Widgets

/// Pasting several lines where a list of texts is filled in: each becomes an entry.
extension FormState {
  private static let mostLines = 500

  /// False where the paste is no such thing, and goes into the focused field as it is.
  mutating func pasteLines(_ text: String) -> Bool {
    guard !showsJSON, let (list, place) = listOfTexts else { return false }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.count > 1 || list.path == current?.path, 1...Self.mostLines ~= lines.count else {
      return false
    }
    var entries = value.value(at: list.path)?.array ?? []
    let start = min(place, entries.count)
    let isBlank =
      entries.indices.contains(start) && [JSON.string(""), .null].contains(entries[start])
    let new = lines.enumerated().map { index, line -> JSON in
      let kind = schema.deriver.element(start + index, of: list.field)?.kind
      return kind.flatMap { Self.value(of: line, $0) } ?? .string(line)
    }
    entries.replaceSubrange(start..<(start + (isBlank ? 1 : 0)), with: new)
    set(.array(entries), at: list)
    let last = list.path + [String(start + new.count - 1)]
    if let line = rows.firstIndex(where: { $0.path == last && $0.option == nil }) {
      move(.to(line))
    }
    return true
  }

  /// The list that the focused row is, or is an entry of, and where new entries go.
  private var listOfTexts: (row: FormRow, place: Int)? {
    guard let row = current else { return nil }
    if case .list(let list) = row.field.kind, list.shape == .scalars {
      return (row, value.value(at: row.path)?.array?.count ?? 0)
    }
    guard row.isRemovable, row.takesText, let index = row.path.last.flatMap(Int.init),
      let parent = rows.first(where: { $0.path == row.path.dropLast() && $0.option == nil }),
      case .list(let list) = parent.field.kind, list.shape == .scalars
    else { return nil }
    return (parent, field.isEmpty ? index : index + 1)
  }
}

import JSON
import SafeText
import TerminalCore
import Widgets

/// The pane in focus as plain lines, without frames: for the terminal's own selection, a pager or a file.
struct PlainText: Sendable {
  private let state: ConsoleState
  private static let width = 200
  private static let mostRows = 10_000

  init(_ state: ConsoleState) { self.state = state }

  var text: String { lines.map { $0 + "\n" }.joined() }

  private var lines: [String] {
    let row = ScreenRow.of(state.screen)
    if let text = row.text?(state, state.screen) { return words(of: text, width: Self.width) }
    if let form = state.forms[state.screen] { return words(of: form) }
    guard let source = row.list else { return [] }
    return rows(of: source) + detail(of: source)
  }

  /// What is asked, and what is filled in; as JSON that does nothing on a terminal.
  private func words(of form: FormState) -> [String] {
    let asked = words(of: TextView(state.preface(of: state.screen)), width: Self.width)
    let json = Self.json(Array(FormSecrets.masked(form).pretty.utf8))
    return asked + (asked.isEmpty ? [] : [""]) + [json]
  }

  /// JSON as a terminal may get it; what stands raw in a file that only says it were JSON is spelled out.
  static func json(_ bytes: [UInt8]) -> String {
    let text = String(decoding: SafeJSON.escaped(bytes), as: UTF8.self)
    let hasControls = text.utf8.contains { $0 < 0x20 && $0 != 0x0A }
    return hasControls ? SafeText(text, .block).text : text
  }

  private func rows(of source: ListSource) -> [String] {
    let items = state.list.shown.prefix(Self.mostRows)
    guard let cells = source.cells else {
      return items.map { item in
        source.fields(state, state.screen, item).map { state.signs.safe($0).text }
          .joined(separator: "  ")
      }
    }
    let rows = items.map { cells(state, state.screen, $0, state.signs).map(\.text) }
    let titles = source.table?.columns.map(\.title) ?? []
    return aligned([titles] + rows)
  }

  private func aligned(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? CharacterWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let gap = column == row.count - 1 ? 0 : widths[column] - CharacterWidth.of(cell) + 2
        line += cell + String(repeating: " ", count: max(0, gap))
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func detail(of source: ListSource) -> [String] {
    guard let item = state.list.current, let text = source.detail?(state, state.screen, item) else {
      return []
    }
    return [""] + words(of: text, width: Self.width)
  }

  private func words(of text: TextView, width: Int) -> [String] {
    text.lines(width: width).map { line in
      var words = line.map(\.text).joined()
      while words.last == " " { words.removeLast() }
      return words
    }
  }
}

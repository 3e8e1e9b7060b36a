import SafeText
import TerminalCore
import Widgets

/// Everything that is known of one server.
struct ServerDetailView {
  private let row: ServerRow

  init(_ row: ServerRow) { self.row = row }

  func draw(on canvas: inout Canvas, in rect: Rect, top: Int = 0) {
    TextView(paragraphs(canvas.signs)).draw(on: &canvas, in: rect, top: top)
  }

  /// Lines it takes at that width.
  func height(width: Int, signs: SignSet) -> Int {
    TextView(paragraphs(signs)).lines(width: width).count
  }

  private func paragraphs(_ signs: SignSet) -> [TextView.Paragraph] {
    let name = signs.safe(row.name, limit: 500)
    var lines: [TextView.Paragraph] = [.init(name.text, .title), .init("")]
    func add(_ label: String, _ text: String, _ role: Role = .text) {
      guard !text.isEmpty else { return }
      lines.append(.init(signs.safe(text, limit: 4000).text, role, label: Span(label, .dim)))
    }
    add("via", row.transport.rawValue)
    add(row.transport == .stdio ? "command" : "url", Redaction.text(row.target))
    add("from", row.source)
    add("file", row.path)
    add("state", row.isEnabled ? "" : "switched off in its file", .stateOff)
    if name.hasHidden {
      add("name", "holds \(name.findings.count) hidden characters", .badgeHidden)
    }
    for finding in row.findings { add("check", finding, .stateWarn) }
    lines += [
      .init(""), .init("In the shell:", .dim), .init("alidade list \(shellName(signs))", .key),
    ]
    return lines
  }

  /// The name as a shell takes it.
  private func shellName(_ signs: SignSet) -> String {
    let name = signs.safe(row.name, limit: 200).text
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.:/@".contains($0) }
    return isPlain && !name.isEmpty ? name : "'" + name.replacing("'", with: "'\\''") + "'"
  }
}

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
    add("via", row.transport == .file ? "" : row.transport.rawValue)
    add(row.transport == .stdio ? "command" : "url", Redaction.text(row.target))
    for fact in row.facts { add(fact.label, fact.text) }
    add("from", row.source)
    add("file", row.path)
    let isOff = !row.isEnabled && row.transport != .file
    add("state", isOff ? "switched off in its file" : "", .stateOff)
    if name.hasHidden {
      add("name", "holds \(name.findings.count) hidden characters", .badgeHidden)
    }
    for finding in row.findings { add("check", finding, .stateWarn) }
    guard row.transport != .file else { return lines }
    lines += [
      .init(""), .init("In the shell:", .dim),
      .init(signs.safe("alidade list tools \(row.shellTarget)", limit: 1000).text, .key),
    ]
    return lines
  }
}

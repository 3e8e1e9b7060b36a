package import TerminalCore

/// Lines of styled text, wrapped to the width they are given and scrolled as a whole.
package struct TextView: Sendable {
  /// One paragraph: its indent hangs under its first span.
  package struct Paragraph: Sendable, Hashable {
    package var label: Span?
    package var text: Span

    package init(_ text: String, _ role: Role = .text, label: Span? = nil) {
      self.text = Span(text, role)
      self.label = label
    }
  }

  private let paragraphs: [Paragraph]
  private let labelWidth: Int

  package init(_ paragraphs: [Paragraph]) {
    self.paragraphs = paragraphs
    labelWidth = paragraphs.compactMap { $0.label.map { CharacterWidth.of($0.text) } }.max() ?? 0
  }

  /// The lines at that width.
  package func lines(width: Int) -> [[Span]] {
    paragraphs.flatMap { paragraph -> [[Span]] in
      let indent = paragraph.label == nil || labelWidth + 8 > width ? 0 : labelWidth + 2
      let wrapped = Fitting.wrapped(paragraph.text.text, to: max(1, width - indent))
      return wrapped.enumerated().map { index, line in
        prefix(paragraph, index: index, indent: indent) + [Span(line, paragraph.text.style.role)]
      }
    }
  }

  private func prefix(_ paragraph: Paragraph, index: Int, indent: Int) -> [Span] {
    guard let label = paragraph.label else { return [] }
    guard index == 0 else { return [Span(String(repeating: " ", count: indent))] }
    let gap = max(1, indent - CharacterWidth.of(label.text))
    return [label, Span(String(repeating: " ", count: gap))]
  }

  /// Draws the lines in view; `top` is the first of them.
  package func draw(on canvas: inout Canvas, in rect: Rect, top: Int = 0) {
    let lines = lines(width: rect.width)
    let start = min(max(0, top), max(0, lines.count - rect.height))
    for (y, line) in lines.dropFirst(start).prefix(rect.height).enumerated() {
      canvas.write(line, y: y, in: rect)
    }
  }
}

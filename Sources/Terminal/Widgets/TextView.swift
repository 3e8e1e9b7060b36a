package import TerminalCore

/// Lines of styled text, wrapped to the width they are given and scrolled as a whole.
package struct TextView: Sendable {
  /// One paragraph: its indent hangs under its first span.
  package struct Paragraph: Sendable, Hashable {
    package var label: Span?
    package var text: Span
    /// A line of JSON, coloured by its tokens.
    package var isJSON = false

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

  /// A row of a paragraph that was wrapped.
  private struct Row {
    let paragraph: Int
    let index: Int
    let text: String
  }

  /// The lines at that width.
  package func lines(width: Int) -> [[Span]] { spans(of: rows(width: width)[...], width) }

  /// How many lines there are at that width.
  package func height(width: Int) -> Int { rows(width: width).count }

  private func indent(_ paragraph: Paragraph, _ width: Int) -> Int {
    paragraph.label == nil || labelWidth + 8 > width ? 0 : labelWidth + 2
  }

  private func rows(width: Int) -> [Row] {
    paragraphs.enumerated().flatMap { place, paragraph in
      Fitting.wrapped(paragraph.text.text, to: max(1, width - indent(paragraph, width)))
        .enumerated().map { Row(paragraph: place, index: $0.offset, text: $0.element) }
    }
  }

  /// The first of these rows is the first of its paragraph.
  private func spans(of rows: ArraySlice<Row>, _ width: Int) -> [[Span]] {
    var ink: JSONInk?
    return rows.map { row in
      let paragraph = paragraphs[row.paragraph]
      let start = prefix(paragraph, index: row.index, indent: indent(paragraph, width))
      guard paragraph.isJSON else { return start + [Span(row.text, paragraph.text.style.role)] }
      if row.index == 0 { ink = JSONInk(paragraph.text.text) }
      return start + (ink?.spans(row.text) ?? [])
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
    let rows = rows(width: rect.width)
    let start = min(max(0, top), max(0, rows.count - rect.height))
    guard rows.indices.contains(start) else { return }
    let first = start - rows[start].index
    let inView = spans(of: rows[first..<min(rows.count, start + rect.height)], rect.width)
    for (y, line) in inView.dropFirst(start - first).enumerated() {
      canvas.write(line, y: y, in: rect)
    }
  }
}

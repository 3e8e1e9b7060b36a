/// Neighbouring cells of one row and one style: what a device paints at once.
package struct Run: Sendable, Hashable {
  package let x: Int
  package let y: Int
  package let style: Style
  package var glyphs: [Glyph]
}

extension Grid {
  /// What has to be painted to turn `old` into this grid; everything where the sizes differ.
  package func runs(since old: Grid?) -> [Run] {
    let base = old.flatMap { $0.size == size ? $0 : nil }
    var runs: [Run] = []
    for y in 0..<size.height {
      let row = row(y)
      if let base, row.elementsEqual(base.row(y)) { continue }
      appendRuns(of: y, since: base, to: &runs)
    }
    return runs
  }

  private func appendRuns(of y: Int, since old: Grid?, to runs: inout [Run]) {
    var isOpen = false
    for x in 0..<size.width {
      let cell = self[x, y]
      let changed = old.map { $0[x, y] != cell || ownsChange(x: x, y: y, in: $0) } ?? true
      guard changed else {
        isOpen = false
        continue
      }
      if isOpen, let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].glyphs.append(cell.glyph)
      } else {
        runs.append(Run(x: x, y: y, style: cell.style, glyphs: [cell.glyph]))
      }
      isOpen = true
    }
  }

  /// A wide character is painted whole: its left half changes with its right one.
  private func ownsChange(x: Int, y: Int, in old: Grid) -> Bool {
    let isLead = self[x, y].glyph.width == 2
    if isLead { return old[x + 1, y] != self[x + 1, y] }
    return self[x, y].glyph == .continuation && old[x - 1, y] != self[x - 1, y]
  }
}

/// A device that keeps its screen in memory, for tests and plain dumps.
package final class MemoryScreen: TerminalDevice {
  package private(set) var size: Size
  package private(set) var cells: [Cell]
  package private(set) var cursor: Point?
  package private(set) var frames = 0
  package private(set) var paintedCells = 0
  private var nextSize: Size

  package init(size: Size) {
    self.size = size
    nextSize = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package func paint(_ runs: [Run], cursor: Point?) {
    frames += 1
    self.cursor = cursor
    for run in runs {
      for (offset, glyph) in run.glyphs.enumerated() {
        cells[run.y * size.width + run.x + offset] = Cell(glyph, style: run.style)
      }
      paintedCells += run.glyphs.count
    }
  }

  /// The size that the next `resize` finds.
  package func become(_ size: Size) { nextSize = size }

  package func resize() {
    size = nextSize
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package func invalidate() {}
}

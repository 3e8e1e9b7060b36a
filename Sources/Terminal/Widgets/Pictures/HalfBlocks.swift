package import TerminalCore

/// A picture in half blocks: two colours a cell, the upper and the lower half.
package struct HalfBlocks: Sendable, Hashable {
  package let width: Int
  package let height: Int
  private let cells: [PictureInk]

  /// The picture shrunk to that room, its shape kept; it is never made larger.
  package init(_ picture: Picture, columns: Int, rows: Int) {
    let scale = max(
      1, Double(picture.width) / Double(max(1, columns)),
      Double(picture.height) / Double(max(1, rows * 2)))
    let wide = max(1, Int(Double(picture.width) / scale))
    let tall = max(1, Int(Double(picture.height) / scale))
    func span(_ index: Int, _ count: Int, _ whole: Int) -> Range<Int> {
      let start = min(whole - 1, index * whole / count)
      return start..<max(start + 1, (index + 1) * whole / count)
    }
    func colour(_ x: Int, _ y: Int) -> UInt8 {
      guard y < tall else { return 16 }
      return picture.mean(span(x, wide, picture.width), span(y, tall, picture.height)).cubeIndex
    }
    width = wide
    height = (tall + 1) / 2
    cells = (0..<height).flatMap { y in
      (0..<wide).map { x in
        PictureInk(upper: colour(x, y * 2), lower: colour(x, y * 2 + 1))
      }
    }
  }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    for y in 0..<min(height, rect.height) {
      for x in 0..<min(width, rect.width) {
        var style = Style.plain
        style.picture = cells[y * width + x]
        canvas.write("▀", x: x, y: y, in: rect, style)
      }
    }
  }
}

/// A cursor in rows and the window of them that is shown; whatever is asked, both stay inside.
package struct ScrollState: Sendable, Hashable {
  package private(set) var cursor = 0
  package private(set) var top = 0
  package private(set) var count: Int

  package init(count: Int = 0) { self.count = max(0, count) }

  package enum Move: Sendable, Hashable {
    case by(Int)
    case to(Int)
    case pages(Double)
    case first
    case last
  }

  /// Moves the cursor; `height` is the number of rows that are shown.
  package mutating func move(_ move: Move, height: Int) {
    let target =
      switch move {
      case .by(let rows): cursor + rows
      case .to(let row): row
      case .pages(let pages): cursor + Int((pages * Double(max(1, height))).rounded())
      case .first: 0
      case .last: count - 1
      }
    cursor = min(max(0, target), max(0, count - 1))
    follow(height: height)
  }

  /// Scrolls the window, and takes the cursor along where it would leave it.
  package mutating func scroll(by rows: Int, height: Int) {
    top = min(max(0, top + rows), max(0, count - height))
    cursor = min(max(cursor, top), max(top, min(count, top + height) - 1))
    cursor = min(cursor, max(0, count - 1))
  }

  /// Takes a new number of rows; the cursor stays where it is, or on the last row.
  package mutating func setCount(_ new: Int, height: Int) {
    count = max(0, new)
    move(.by(0), height: height)
  }

  /// The rows in view.
  package func visible(height: Int) -> Range<Int> {
    let start = min(top, max(0, count - height))
    return start..<min(count, start + max(0, height))
  }

  private mutating func follow(height: Int) {
    let height = max(1, height)
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = min(top, max(0, count - height))
  }
}

/// Where frames go: a real terminal or a screen in memory.
package protocol TerminalDevice: AnyObject {
  /// The size as last seen; it changes only through `resize`.
  var size: Size { get }
  /// Paints what changed and places the cursor, as one frame.
  func paint(_ runs: [Run], cursor: Point?)
  /// Asks the terminal for its size again; what was painted is void afterwards.
  func resize()
  /// Forgets what the terminal shows, so that the next frame repaints everything.
  func invalidate()
}

/// Keeps the last frame and hands a device only what changed.
package struct FramePainter: Sendable {
  private var shown: Grid?

  package init() {}

  /// Paints the grid; returns false where nothing had changed and the device was left alone.
  @discardableResult
  package mutating func show(_ grid: Grid, on device: some TerminalDevice) -> Bool {
    guard grid != shown else { return false }
    device.paint(grid.runs(since: shown), cursor: grid.cursor)
    shown = grid
    return true
  }

  /// Whether the next frame is painted whole.
  package var isFresh: Bool { shown == nil }

  /// The next frame is painted whole.
  package mutating func forget() { shown = nil }
}

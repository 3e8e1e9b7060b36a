import TerminalCore

/// A view with a list and the detail of its selected item beside it, where there is room for both.
struct SplitLayout {
  let list: Rect
  let detail: Rect?

  /// From this width on the detail stands beside the list; below, it is a view of its own.
  static let splitWidth = 80

  init(_ state: ConsoleState) {
    let inside = ViewFrame.inside(state)
    let hasDetail = ScreenRow.of(state.screen).list.map { $0.detail != nil } ?? true
    guard state.size.width >= Self.splitWidth, !state.split.isZoomed, hasDetail else {
      list = inside
      detail = nil
      return
    }
    let wanted = inside.width >= 150 ? 74 : inside.width / 2
    let least = min(24, inside.width / 2)
    let width = min(max(least, wanted + state.split.shift), inside.width - least)
    let (left, rest) = inside.splitLeft(width)
    list = left
    detail = rest.splitLeft(2).rest
  }

  /// The rows below the head of the table.
  var rows: Rect { list.splitTop(1).rest }
  var head: Rect { list.row(0) }
  var divider: Rect? {
    detail.map { Rect(x: $0.x - 2, y: $0.y, width: 1, height: $0.height) }
  }
}

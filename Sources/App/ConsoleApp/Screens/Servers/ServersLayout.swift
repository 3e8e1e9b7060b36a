import TerminalCore
import Widgets

/// Where the parts of the servers screen are at the present size.
struct ServersLayout {
  let shell: ShellLayout
  let list: Rect
  let detail: Rect?

  init(_ state: ConsoleState) {
    shell = ShellLayout(state.size)
    let inside = shell.frame.inset(horizontal: 1, vertical: 1)
    guard state.size.width >= 80 else {
      list = inside
      detail = nil
      return
    }
    let (left, rest) = inside.splitLeft(state.size.width >= 160 ? 74 : inside.width / 2)
    list = left
    detail = rest.splitLeft(2).rest
  }

  /// Rows below the head of the table.
  var rows: Int { max(0, list.height - 1) }
  var table: Rect { list.splitTop(1).rest }
}

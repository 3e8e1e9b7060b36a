import TerminalCore
import Widgets

/// One server's detail over the whole frame.
struct ServerScreen {
  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  func draw(on canvas: inout Canvas) {
    let count = state.servers.shown.count
    let note = [Span("\(min(state.servers.selected.cursor + 1, count))/\(count)", .dim)]
    let inside = Box(title: [Span("Server", .title)], note: note, isFocused: true)
      .draw(on: &canvas, in: ShellLayout(state.size).frame)
    guard let row = state.servers.current else { return }
    ServerDetailView(row).draw(on: &canvas, in: inside.inset(horizontal: 1))
  }
}

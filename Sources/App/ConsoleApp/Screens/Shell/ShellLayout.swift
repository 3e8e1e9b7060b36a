import TerminalCore

/// The lines around every screen: header, status and hints, the frame between them.
struct ShellLayout {
  let header: Rect
  let frame: Rect
  let status: Rect
  let hints: Rect

  init(_ state: ConsoleState) {
    let (header, rest) = Rect(state.size).splitTop(1)
    let (upper, hints) = rest.splitBottom(1)
    let (frame, status) = upper.splitBottom(1)
    self.header = header
    self.frame = frame
    self.status = status
    self.hints = hints
  }

  var inside: Rect { frame.inset(horizontal: 1, vertical: 1) }
}

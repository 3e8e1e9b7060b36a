import TerminalCore

/// The lines around every screen: header, status and hints, the frame between them.
struct ShellLayout {
  let header: Rect
  let frame: Rect
  /// What runs, a line each.
  let strip: Rect
  /// The words of a tour.
  let tour: Rect
  let status: Rect
  let hints: Rect

  init(_ state: ConsoleState) {
    let below = state.hasSmallChrome ? 0 : 1
    let (header, rest) = Rect(state.size).splitTop(1)
    let (upper, hints) = rest.splitBottom(below)
    let (middle, own) = upper.splitBottom(below)
    // With one line around the frame, what is said stands where the header is, as long as it is said.
    let status = state.hasSmallChrome && state.status != nil ? header : own
    let (lower, tour) = middle.splitBottom(TourPanel(state).lines)
    let (frame, strip) = lower.splitBottom(RunningStrip(state).lines)
    self.tour = tour
    self.header = header
    self.frame = frame
    self.strip = strip
    self.status = status
    self.hints = hints
  }

  var inside: Rect { frame.inset(horizontal: 1, vertical: 1) }
}

import SafeText
package import TerminalCore
import Widgets

/// Draws the whole window from the state.
package enum ConsoleView {
  package static func draw(_ state: ConsoleState) -> Grid {
    var canvas = Canvas(size: state.size, signs: state.signs)
    if state.isTooSmall {
      drawCard(state.size, on: &canvas)
      return canvas.grid
    }
    Header(state: state).draw(on: &canvas)
    ScreenRow.of(state.screen).draw(state, state.screen, &canvas)
    RunningStrip(state).draw(on: &canvas)
    TourPanel(state).draw(on: &canvas)
    drawStatus(state, on: &canvas)
    Footer(state).bar.draw(on: &canvas, in: ShellLayout(state).hints)
    state.overlay?.draw(state, on: &canvas)
    return canvas.grid
  }

  private static func drawCard(_ size: Size, on canvas: inout Canvas) {
    let smallest = ConsoleState.smallest
    let text = "needs \(smallest.width)x\(smallest.height), is \(size.width)x\(size.height)"
    let place = canvas.bounds.centered(width: text.count, height: 1)
    canvas.write(canvas.clipped(text, to: place.width), in: place, Style(.title))
  }

  private static func drawStatus(_ state: ConsoleState, on canvas: inout Canvas) {
    let said = state.status.map { [Span(state.signs.safe($0.text).text, $0.level.role)] } ?? []
    let mouse = state.isMouseOn ? [Span("mouse", .stateRun)] : []
    Bar(left: said, right: mouse).draw(on: &canvas, in: ShellLayout(state).status)
  }
}

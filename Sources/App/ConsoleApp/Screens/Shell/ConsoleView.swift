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
    drawHeader(state, on: &canvas)
    drawScreen(state, on: &canvas)
    drawStatus(state, on: &canvas)
    drawHints(state, on: &canvas)
    if let help = state.help { HelpView(help: help).draw(on: &canvas) }
    return canvas.grid
  }

  private static func drawScreen(_ state: ConsoleState, on canvas: inout Canvas) {
    switch state.screen {
    case .servers: ServersView(state).draw(on: &canvas)
    case .server: ServerScreen(state).draw(on: &canvas)
    }
  }

  private static func drawCard(_ size: Size, on canvas: inout Canvas) {
    let smallest = ConsoleState.smallest
    let text = "needs \(smallest.width)x\(smallest.height), is \(size.width)x\(size.height)"
    let place = canvas.bounds.centered(width: text.count, height: 1)
    canvas.write(canvas.clipped(text, to: place.width), in: place, Style(.title))
  }

  private static func drawHeader(_ state: ConsoleState, on canvas: inout Canvas) {
    let separator = Span(" \(state.signs[.crumb]) ", .crumb)
    let crumbs = state.route.enumerated().flatMap { index, screen -> [Span] in
      let isLast = index == state.route.count - 1
      let crumb = Span(
        state.signs.safe(screen.crumb, limit: 100).text, isLast ? .crumbActive : .crumb)
      return index == 0 ? [crumb] : [separator, crumb]
    }
    Bar(left: crumbs, right: [Span("alidade", .header)], surface: .header)
      .draw(on: &canvas, in: ShellLayout(state.size).header)
  }

  private static func drawStatus(_ state: ConsoleState, on canvas: inout Canvas) {
    let said = state.status.map { [Span(state.signs.safe($0.text).text, $0.level.role)] } ?? []
    let mouse = state.isMouseOn ? [Span("mouse", .stateRun)] : []
    Bar(left: said, right: mouse).draw(on: &canvas, in: ShellLayout(state.size).status)
  }

  private static func drawHints(_ state: ConsoleState, on canvas: inout Canvas) {
    Footer(state).bar.draw(on: &canvas, in: ShellLayout(state.size).hints)
  }
}

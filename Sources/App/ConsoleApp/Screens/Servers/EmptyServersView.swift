import TerminalCore
import Widgets

/// What to do where no server is known yet.
struct EmptyServersView {
  let isLoaded: Bool

  private static let lines: [TextView.Paragraph] = [
    .init("No server is known yet.", .title),
    .init(""),
    .init("Ask one directly from the shell:"),
    .init("alidade list tools https://host/mcp", .key),
    .init("alidade list tools -- npx -y some-server", .key),
    .init(""),
    .init(
      "Servers that other clients have configured appear here by themselves. Press R to look again."
    ),
  ]

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let place = rect.inset(horizontal: 2, vertical: rect.height > 9 ? 1 : 0)
    guard isLoaded else {
      canvas.write("looking for servers", in: place, Style(.dim))
      return
    }
    TextView(Self.lines).draw(on: &canvas, in: place)
  }
}

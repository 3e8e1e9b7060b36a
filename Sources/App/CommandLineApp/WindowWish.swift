import Arguments
package import Settings

/// How the window is to look, as the command line asks for it.
package struct WindowWish: Sendable, Hashable {
  package var theme: String?
  /// One of `colors`; nil leaves it to the terminal.
  package var color: String?
  package var isASCII = false
  package var isMouseOn = false
  /// Nothing is changed from the window.
  package var isReadOnly = false
  /// Lines instead of a screen.
  package var isAccessible = false
  /// Lines to run in the window, one after the other.
  package var script: [String] = []
  /// The systems of this program stand in the place of the servers that files name.
  package var isDemo = false
  /// The demo begins with its guided tour.
  package var isTour = false
  /// The server to connect to at once; its variables are not filled in yet.
  package var target: ServerDefinition?

  package init() {}

  package static let colors = ["auto", "mono", "16", "256", "24"]
}

extension WindowWish {
  private static let theme = OptionRow(
    "theme", takes: ValueRow("NAME"), help: "Draw with this theme instead of ALIDADE_THEME's")
  private static let color = OptionRow(
    "color", takes: ValueRow("DEPTH", .choice(colors)), help: "Colours to use, NO_COLOR or not")
  private static let ascii = OptionRow("ascii", help: "Draw with ASCII characters only")
  private static let mouse = OptionRow("mouse", help: "Take the mouse from the start (F2 toggles)")

  private static let run = OptionRow(
    "run", takes: ValueRow("':LINE'"), repeats: true,
    help: "Run a line of the palette in the window, such as ':tools call add a=1 b=2'")

  private static let accessible = OptionRow(
    "accessible", help: "Tell lines instead of drawing a screen, for screen readers")

  private static let readOnly = OptionRow(
    "read-only", help: "Refuse calls of tools that are not marked read-only, and every other change"
  )

  static let tour = OptionRow("tour", help: "Begin with a guided tour; each step is done for real")

  static let options = [theme, color, ascii, mouse, readOnly, accessible, run]

  init(_ arguments: ParsedArguments) {
    theme = arguments[Self.theme]
    color = arguments[Self.color]
    isASCII = arguments.has(Self.ascii)
    isMouseOn = arguments.has(Self.mouse)
    isReadOnly = arguments.has(Self.readOnly)
    isAccessible = arguments.has(Self.accessible)
    isTour = arguments.has(Self.tour)
    isDemo = arguments.command.name == Command.demo.row.name
    script = arguments.all(Self.run)
  }
}

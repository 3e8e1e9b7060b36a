import Arguments
package import Settings

/// How the window is to look, as the command line asks for it.
package struct WindowWish: Sendable, Hashable {
  package var theme: String?
  /// One of `colors`; nil leaves it to the terminal.
  package var color: String?
  package var isASCII = false
  package var isMouseOn = false
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

  static let options = [theme, color, ascii, mouse]

  init(_ arguments: ParsedArguments) {
    theme = arguments[Self.theme]
    color = arguments[Self.color]
    isASCII = arguments.has(Self.ascii)
    isMouseOn = arguments.has(Self.mouse)
  }
}

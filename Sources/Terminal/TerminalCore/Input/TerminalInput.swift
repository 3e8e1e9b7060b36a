/// What a person did at the terminal.
package enum TerminalInput: Sendable, Hashable {
  case key(Key)
  /// A bracketed paste, whole, with `\n` as its only line break.
  case paste(String)
  case mouse(Mouse)
  case focus(Bool)
  /// The terminal shows pictures that way, as it was asked.
  case pictures(PictureWay)
  /// The size of a cell in pixels, as it was asked.
  case cell(width: Int, height: Int)
}

/// A mouse report (SGR encoding).
package struct Mouse: Sendable, Hashable {
  package enum Action: Sendable, Hashable {
    case press(Button)
    case release(Button)
    case drag(Button)
    case move
    case wheel(up: Bool)
  }

  package enum Button: Sendable, Hashable { case left, middle, right, other }

  package let action: Action
  package let position: Point
  package let modifiers: Key.Modifiers
}

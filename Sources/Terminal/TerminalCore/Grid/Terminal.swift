/// What a terminal tells the program that draws on it.
package enum TerminalEvent: Sendable, Hashable {
  /// Everything typed since the last event, to be handled before the next frame is painted.
  case input([TerminalInput])
  /// The size may have changed, or what was painted is void.
  case resized
  /// Output that a slow terminal held back is through: the next frame may come.
  case drained
  /// Somebody outside asks to be suspended, as Ctrl-Z does.
  case suspendRequested
  /// The terminal is gone: nothing can be shown or read any more.
  case lost
}

/// A device that is also read from: the whole of a person's terminal.
package protocol Terminal: TerminalDevice {
  /// True where only ASCII can be shown.
  var isASCII: Bool { get }
  /// Colours that the terminal's description promises, 0 for none.
  var colors: Int { get }
  /// It is told lines and shown no screen.
  var isLinear: Bool { get }
  /// Tells lines, where it is linear.
  func say(_ lines: [String])
  /// False while earlier output is still under way to a slow terminal.
  var isReady: Bool { get }

  /// Begins to read; events come on the loop until `stop`.
  func start(_ receive: @escaping (TerminalEvent) -> Void)
  /// Paints in this theme from now on.
  func use(_ theme: ResolvedTheme)
  /// Hands text to the terminal's clipboard; whether it takes it is never told.
  func copy(_ text: String)
  /// Takes mouse reports, or leaves the mouse to the terminal's own selection.
  func setMouse(_ isOn: Bool)
  /// Asks how it shows pictures; the answers come as input, from a terminal that can.
  func askForPictures()
  /// Shows a picture over its cells and takes any other away.
  func show(_ picture: PlacedPicture?, _ way: PictureWay)
  /// Gives the terminal back, stops the process, and returns when it continues.
  func suspend()
  /// Leaves the terminal to another program until `takeBack`; nothing is read or painted meanwhile.
  func handOver()
  func takeBack()
  /// Gives the terminal back for good.
  func stop()
}

extension Terminal {
  package var isLinear: Bool { false }
  package func say(_ lines: [String]) {}
  package func askForPictures() {}
  package func show(_ picture: PlacedPicture?, _ way: PictureWay) {}
}

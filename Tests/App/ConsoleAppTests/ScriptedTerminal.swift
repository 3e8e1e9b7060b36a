import EventLoop
import TerminalCore

/// A terminal in memory that a test types at and looks at.
@LoopActor
final class ScriptedTerminal {
  let screen: MemoryScreen
  var isReady = true
  private(set) var log: [String] = []
  private var receive: ((TerminalEvent) -> Void)?

  init(_ width: Int, _ height: Int) {
    screen = MemoryScreen(size: Size(width: width, height: height))
  }

  func send(_ event: TerminalEvent) { receive?(event) }

  func type(_ words: String) { send(.input(Sample.keys(words).map(TerminalInput.key))) }

  func become(_ width: Int, _ height: Int) {
    screen.become(Size(width: width, height: height))
    send(.resized)
  }

  func drain() {
    isReady = true
    send(.drained)
  }

  var text: String {
    var rows: [String] = []
    for y in 0..<size.height {
      let cells = screen.cells[(y * size.width)..<((y + 1) * size.width)]
      rows.append(cells.map { String(String.UnicodeScalarView($0.glyph.scalars)) }.joined())
    }
    return rows.joined(separator: "\n")
  }
}

extension ScriptedTerminal: @LoopActor Terminal {
  var size: Size { screen.size }
  var isASCII: Bool { false }
  var colors: Int { 256 }

  func paint(_ runs: [Run], cursor: Point?) { screen.paint(runs, cursor: cursor) }
  func resize() { screen.resize() }
  func invalidate() { log.append("invalidate") }
  func start(_ receive: @escaping (TerminalEvent) -> Void) { self.receive = receive }
  func use(_ theme: ResolvedTheme) {}
  func copy(_ text: String) { log.append("copy \(text)") }
  func setMouse(_ isOn: Bool) { log.append("mouse \(isOn)") }
  func suspend() { log.append("suspend") }
  func handOver() { log.append("hand over") }
  func takeBack() { log.append("take back") }

  func stop() {
    log.append("stop")
    receive = nil
  }
}

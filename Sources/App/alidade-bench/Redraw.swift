import EventLoop
import Glibc
import TerminalCore
import TerminalCurses

/// Fills its terminal with text; every key that comes then changes one cell in the middle.
func changeOneCell(_ words: [String]) -> Bool {
  guard words.isEmpty else { return false }
  return EventLoop.run { loop in await Redraw(loop)?.run() != nil }
}

@LoopActor
private final class Redraw {
  private let terminal: CursesTerminal
  private var painter = FramePainter()
  private var grid: Grid
  private var changes = 0
  private var whenLost: CheckedContinuation<Void, Never>?

  init?(_ loop: EventLoop) {
    do throws(TerminalFailure) {
      terminal = try CursesTerminal(
        environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"], wantsDirect: false, loop: loop)
    } catch {
      return nil
    }
    grid = Grid(size: terminal.size)
    for y in 0..<grid.size.height {
      grid.write("row \(y) and some more text behind it", y: y, in: grid.bounds)
    }
  }

  func run() async {
    terminal.start { [unowned self] event in take(event) }
    painter.show(grid, on: terminal)
    await withCheckedContinuation { whenLost = $0 }
    terminal.stop()
  }

  private func take(_ event: TerminalEvent) {
    switch event {
    case .input: change()
    case .lost: whenLost?.resume()
    default: break
    }
  }

  private func change() {
    changes += 1
    let letter = changes.isMultiple(of: 2) ? "a" : "b"
    grid.write(letter, x: 10, y: grid.size.height / 2, in: grid.bounds)
    painter.show(grid, on: terminal)
  }
}

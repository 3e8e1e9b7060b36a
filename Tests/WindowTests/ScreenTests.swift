import Glibc
import TestSupport
import Testing

/// What the first screen always shows.
let greeting = "No server is known yet"

@Suite(.inTurns) struct ScreenTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the first screen stands at every size`(width: Int, height: Int) async throws {
    let text = try await Session.run(width: width, height: height) { session in
      try session.wait(for: "keys")
      try session.wait(for: greeting)
      return session.terminal.text
    }
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.count == height)
    #expect(rows.first?.hasPrefix(" servers") == true)
    #expect(rows.first?.count == width - 1)
    let edge = rows.dropFirst().first ?? ""
    #expect(edge.hasPrefix("╭ ") && edge.hasSuffix("─╮") && edge.count == width)
    #expect(edge.contains("Servers"))
  }

  @Test func `a window of 40x5 says what it needs`() async throws {
    _ = try await Session.run(width: 40, height: 5) { try $0.wait(for: "needs 40x8, is 40x5") }
  }

  @Test func `a resize is followed, down to nothing and back`() async throws {
    try await Session.run { session in
      try session.wait(for: greeting)
      for (width, height) in [(200, 50), (40, 10), (5, 2), (1, 1), (120, 40)] {
        session.resize(width: width, height: height)
        try session.wait(until: "\(width) columns") { terminal in
          let rows = terminal.text.split(separator: "\n", omittingEmptySubsequences: false)
          if width < 40 { return !terminal.text.contains("Servers") }
          return rows.count == height && rows[0].count == width - 1 && rows[0].hasSuffix("alidade")
        }
      }
      session.type("q")
      _ = try session.end()
    }
  }

  @Test func `the screen is taken and given back`() async throws {
    let before = try await Session.untouchedDiscipline()
    let (during, after, end) = try await Session.run { session in
      try session.wait(for: greeting)
      let during = (
        session.terminal.isAlternate, session.terminal.isCursorVisible, session.discipline != before
      )
      session.type("q")
      let end = try session.end()
      return (during, Restored(session), end)
    }
    #expect(during == (true, false, true))
    #expect(after.discipline == before)
    #expect(after.isWhole)
    #expect(end == .exited(0))
  }

  @Test func `a key that names no command is no harm and help finds those that do`() async throws {
    try await Session.run { session in
      try session.wait(for: greeting)
      session.type("\u{1B}[99~\u{1B}]0;x\u{7}%~")
      session.type("?")
      try session.wait(for: "@x finds a key")
      session.type("repaint")
      try session.wait(until: "one command") {
        $0.text.contains("Ctrl-L") && !$0.text.contains("Ctrl-Z")
      }
      session.type("\r")
      try session.wait(until: "help is closed") { !$0.text.contains("@x finds") }
      session.type("q")
      _ = try session.end()
    }
  }

  @Test func `a lone Esc is a key within moments`() async throws {
    try await Session.run { session in
      try session.wait(for: greeting)
      session.type("\u{1B}")
      try session.wait(for: "q quits")
    }
  }

  @Test func `the mouse is taken only on request`() async throws {
    let (before, during, after) = try await Session.run { session in
      try session.wait(for: greeting)
      let before = session.terminal.isMouseTaken
      session.type("\u{1B}OQ")
      try session.wait(for: "mouse on")
      let during = session.terminal.isMouseTaken
      session.type("q")
      _ = try session.end()
      return (before, during, session.terminal.isMouseTaken)
    }
    #expect((before, during, after) == (false, true, false))
  }
}

/// What a shell needs to find when the window is gone.
struct Restored: Sendable {
  let discipline: UInt64
  let isWhole: Bool
  let text: String

  init(_ session: Session) {
    discipline = session.discipline
    let terminal = session.terminal
    isWhole = !terminal.isAlternate && terminal.isCursorVisible && !terminal.isMouseTaken
    text = terminal.text
  }
}

import TestSupport
import Testing

/// What a window shows in one environment.
private struct Look: Sendable {
  let text: String
  let colors: Set<Int>
  let bytes: [UInt8]

  static func of(_ environment: [String: String], waitFor text: String = greeting) async throws
    -> Look
  {
    try await Session.run(environment: environment) { session in
      try session.wait(for: text)
      try session.wait(for: greeting)
      try session.wait(for: "keys")
      let look = Look(
        text: session.terminal.text, colors: session.terminal.colors, bytes: session.bytes)
      session.type("q")
      guard try session.end() == .exited(0) else {
        throw Session.TimedOut(description: "no good end")
      }
      return look
    }
  }
}

@Suite(.inTurns) struct TerminalMatrixTests {
  @Test(arguments: ["xterm", "xterm-256color", "linux", "vt100", "screen", "tmux-256color"])
  func `every common terminal shows the first screen`(term: String) async throws {
    let look = try await Look.of(["TERM": term])
    #expect(look.text.hasPrefix(" servers"))
    #expect(look.text.contains("R refresh"))
  }

  @Test func `a terminal without colours is sent none`() async throws {
    #expect(try await Look.of(["TERM": "vt100"]).colors.isEmpty)
    #expect(try await Look.of(["NO_COLOR": "1"]).colors.isEmpty)
    #expect(
      try await Look.of(["TERM": "xterm-256color", "NO_COLOR": "yes", "COLORTERM": "truecolor"])
        .colors.isEmpty)
  }

  @Test func `colours are those of the terminal's depth`() async throws {
    let indexed = try await Look.of([:]).colors
    #expect(indexed.contains(74))
    #expect(indexed.allSatisfy { $0 < 256 })
    #expect(try await Look.of(["TERM": "xterm"]).colors.allSatisfy { $0 < 16 })
    for environment in [["COLORTERM": "truecolor"], ["TERM": "xterm-direct"]] {
      #expect(try await Look.of(environment).colors.contains(0x100_0000 + 0x5FAFD7))
    }
  }

  @Test func `a terminal with an unknown name is drawn as a common one and said so`() async throws {
    let look = try await Look.of(["TERM": "nonsense"], waitFor: "TERM=nonsense is unknown here")
    #expect(look.text.contains("drawing as xterm-256color"))
    let nameless = try await Look.of(["TERM": ""], waitFor: "TERM is not set")
    #expect(nameless.text.contains(greeting))
  }

  @Test func `a machine without any terminal description draws too`() async throws {
    let look = try await Look.of(
      ["TERM": "xterm-256color", "TERMINFO": "/nowhere", "TERMINFO_DIRS": "/nowhere"])
    #expect(look.text.contains(greeting))
  }

  @Test func `a dumb terminal is refused with a sentence`() async throws {
    let (text, end) = try await Session.run(environment: ["TERM": "dumb"]) { session in
      let end = try session.end()
      return (session.terminal.text, end)
    }
    #expect(text.replacing("\n", with: "").contains("lacks the ability to clear the screen"))
    #expect(end == .exited(1))
  }

  @Test func `a locale without UTF-8 is sent only ASCII`() async throws {
    for environment in [["LC_ALL": "C"], ["LANG": ""]] {
      let look = try await Look.of(environment)
      #expect(look.bytes.allSatisfy { $0 < 0x80 })
      #expect(look.text.contains("+ 1 Servers "))
    }
    let missing = try await Look.of(["LANG": "xx_YY.UTF-8"])
    #expect(missing.text.contains("╭ 1 Servers"))
  }
}

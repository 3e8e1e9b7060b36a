import Glibc
import TestSupport
import Testing

/// The window on the program's own conformance system, after a script.
private func words(_ script: [String]) -> [String] {
  [ShellRun.program] + script.flatMap { ["--run", $0] }
    + ["--", ShellRun.program, "serve", "conformance", "--stdio"]
}

/// A theme of one's own in which keys have that colour.
private func theme(_ colour: String) -> String {
  "[meta]\nname = own\nbase = dark\ninherits = default-dark\n[style]\nkey = \(colour)\n"
}

@Suite(.inTurns) struct WindowScriptTests {
  @Test func `a script calls a tool and the answer is on the screen`() async throws {
    try await Session.run(words([":tools call test_simple_text"])) { session in
      try session.wait(for: "This is a simple text response")
      session.type("5")
      try session.wait(for: "Calls 1")
      session.type("Q")
      #expect(try session.end() == .exited(0))
    }
  }

  @Test func `a server's question is answered in the window`() async throws {
    try await Session.run(words([":call test_elicitation message=Who?"])) { session in
      try session.wait(for: "Who?")
      try session.wait(for: "Ctrl-S answer")
      session.type("ann\tann@example.test\u{13}")
      try session.wait(until: "the answer") { $0.text.contains("#1 test_elicitation  ok") }
    }
  }

  @Test func `an editor changes a form and a window comes back as it was`() async throws {
    let folder = ScratchFolder()
    let editor = folder.write(
      "#!/bin/sh\necho editing >&2\nprintf '{\"message\": \"from the editor\"}' > \"$1\"\n",
      to: "editor")
    chmod(editor, 0o755)
    let words = words([":form test_elicitation"])
    try await Session.run(words, environment: ["EDITOR": editor]) { session in
      try session.wait(for: "Call test_elicitation")
      session.type("\u{05}")
      try session.wait(for: "taken over from the editor")
      try session.wait(for: "from the editor")
      #expect(session.terminal.isAlternate)
    }
  }

  @Test func `an editor that fails changes nothing`() async throws {
    let words = words([":form test_elicitation", ":keys kept"])
    try await Session.run(words, environment: ["EDITOR": "/bin/false"]) { session in
      try session.wait(for: "kept")
      session.type("\u{05}")
      try session.wait(for: "gave nothing back")
      #expect(session.terminal.text.contains("kept"))
    }
  }

  @Test func `a pane is printed on the plain screen, and Enter brings the window back`()
    async throws
  {
    try await Session.run(words([":tools"])) { session in
      try session.wait(for: "Returns a simple text")
      session.type("P")
      try session.wait(for: "Enter returns to the window.")
      #expect(!session.terminal.isAlternate)
      #expect(!session.terminal.text.contains("│"))
      session.type("\r")
      try session.wait(until: "the window again") { $0.isAlternate && $0.text.contains("╭") }
    }
  }

  @Test func `a theme is drawn anew when its file is written`() async throws {
    let folder = ScratchFolder()
    let path = folder.write(theme("#ff0000"), to: "alidade/themes/own.theme")
    let environment = [
      "XDG_CONFIG_HOME": folder.path, "COLORTERM": "truecolor", "ALIDADE_THEME": "own",
    ]
    try await Session.run(environment: environment) { session in
      try session.wait(for: greeting)
      try session.wait(until: "red keys") { $0.colors.contains(0x1FF_0000) }
      _ = folder.write(theme("#00ff00"), to: "alidade/themes/own.theme")
      try session.wait(until: "green keys") { $0.colors.contains(0x100_FF00) }
      session.type("q")
      #expect(try session.end() == .exited(0))
    }
    unlink(path)
  }

  @Test func `lines are told where a screen cannot be seen`() async throws {
    let before = try await Session.untouchedDiscipline()
    let words = [ShellRun.program, "--accessible"]
    let (bytes, after) = try await Session.run(words, environment: ["TERM": "dumb"]) { session in
      try session.wait(for: "servers")
      try session.wait(for: greeting)
      session.type("?")
      try session.wait(for: "help: ")
      session.type("\u{1B}")
      session.type("q")
      #expect(try session.end() == .exited(0))
      return (session.bytes, session.discipline)
    }
    #expect(!bytes.contains(0x1B))
    #expect(bytes.allSatisfy { $0 < 0x80 })
    #expect(after == before)
  }

  @Test func `a flood of messages leaves keys their place`() async throws {
    let script = #"""
      id() { sed 's/.*"id":\("[^"]*"\|[0-9]*\).*/\1/'; }
      read -r a; n=$(printf '%s' "$a" | id)
      echo '{"jsonrpc":"2.0","id":'$n',"error":{"code":-32601,"message":"no"}}'
      read -r b; n=$(printf '%s' "$b" | id)
      echo '{"jsonrpc":"2.0","id":'$n',"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"f","version":"1"}}}'
      i=0
      while [ $i -lt 20000 ]; do
        echo '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}'
        i=$((i+1))
      done
      sleep 100
      """#
    let words = [ShellRun.program, "--", "sh", "-c", script]
    try await Session.run(words) { session in
      session.type("6")
      try session.wait(for: "notifications/message")
      try session.wait(for: "FOLLOW")
      session.type("F")
      try session.wait(for: "PAUSED")
      session.type("?")
      try session.wait(for: "@x finds a key")
      session.type("\u{1B}")
      session.type("Q")
      #expect(try session.end() == .exited(0))
    }
  }

  @Test func `a line of ten megabytes is an answer like any other`() async throws {
    let script = #"""
      id() { sed 's/.*"id":\("[^"]*"\|[0-9]*\).*/\1/'; }
      answer() { read -r line; n=$(printf '%s' "$line" | id); printf '{"jsonrpc":"2.0","id":%s,' "$n"; }
      answer; echo '"error":{"code":-32601,"message":"no"}}'
      answer; echo '"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"f","version":"1"}}}'
      read -r initialized
      answer; echo '"result":{"tools":[{"name":"big","inputSchema":{"type":"object"}}]}}'
      answer; printf '"result":{"content":[{"type":"text","text":"'
      head -c 10000000 /dev/zero | tr '\0' x
      echo '"}]}}'
      sleep 100
      """#
    let words = [ShellRun.program, "--run", ":call big", "--", "sh", "-c", script]
    try await Session.run(words) { session in
      try session.wait(for: "10.0MB")
      try session.wait(for: "xxxxxxxxxx")
      session.type("G")
      try session.wait(for: "more is in the raw view")
      session.type("q")
      try session.wait(for: "Tools 1")
      session.type("Q")
      #expect(try session.end() == .exited(0))
    }
  }

  @Test func `a megabyte is pasted into a form and nothing is lost`() async throws {
    try await Session.run(words([":form test_elicitation"])) { session in
      try session.wait(for: "Call test_elicitation")
      session.paste(String(repeating: "0123456789", count: 100_000))
      try session.wait(until: "its end") { $0.text.contains("3456789") }
      session.type("END")
      try session.wait(for: "6789END")
      session.type("\u{1B}")
      try session.wait(for: "Tools")
      session.type("\r")
      try session.wait(for: "6789END")
    }
  }

  @Test func `a window that is resized with every frame stays whole`() async throws {
    try await Session.run(words([":tools"])) { session in
      try session.wait(for: "test_simple_text")
      for step in 0..<60 {
        session.resize(width: 40 + step * 3 % 100, height: 8 + step % 40)
        session.type(step % 2 == 0 ? "j" : "k")
      }
      session.resize(width: 100, height: 30)
      try session.wait(until: "the last size") { terminal in
        let rows = terminal.text.split(separator: "\n", omittingEmptySubsequences: false)
        return rows.count == 30 && rows[1].count == 100 && rows[1].hasSuffix("╮")
      }
    }
  }
}

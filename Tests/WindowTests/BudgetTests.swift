import Glibc
import TestSupport
import Testing

@Suite(.inTurns) struct BudgetTests {
  @Test func `keys and popups cost no more bytes than planned`() async throws {
    let costs = try await Session.run { session in
      try session.wait(for: greeting)
      try session.wait(for: "keys")
      try session.waitForFrame()
      let start = session.bytes.count
      session.type("?")
      try session.wait(for: "@x finds a key")
      try session.waitForFrame()
      let popup = session.bytes.count
      session.type("\u{1B}[B")
      try session.wait(until: "the second row") { $0.text.contains("▌l Right") }
      return (start: start, popup: popup - start, move: session.bytes.count - popup)
    }
    #expect(costs.start < 3000)
    #expect(costs.popup < 2500)
    #expect(costs.move < 350)
  }

  @Test func `a burst of keys is one frame, and so is a resize`() async throws {
    let words = [
      ShellRun.program, "--run", ":tools", "--", ShellRun.program, "serve", "conformance",
      "--stdio",
    ]
    let costs = try await Session.run(words) { session in
      try session.wait(for: "test_simple_text")
      try session.wait(until: "the list at rest") { $0.text.contains("1/") }
      try session.waitForFrame()
      let start = session.bytes.count
      session.type(String(repeating: "j", count: 100))
      try session.wait(until: "the last tool") { terminal in
        let words = terminal.text.split(separator: " ").first {
          $0.contains("/") && $0.first?.isNumber == true
        }
        let sides = words?.split(separator: "/") ?? []
        return sides.count == 2 && sides[0] == sides[1]
      }
      try session.waitForFrame()
      let burst = session.bytes.count
      for width in [90, 100, 110, 120] { session.resize(width: width, height: 30) }
      try session.wait(until: "the last size") { terminal in
        let rows = terminal.text.split(separator: "\n", omittingEmptySubsequences: false)
        return rows.count == 30 && rows[1].count == 120 && rows[1].hasSuffix("╮")
      }
      return (burst: burst - start, resize: session.bytes.count - burst)
    }
    #expect(costs.burst < 5000)
    #expect(costs.resize < 4 * 6000)
  }

  @Test func `a frame is bracketed by the marks of a synchronized update`() async throws {
    let bytes = try await Session.run { session in
      try session.wait(for: greeting)
      return session.bytes
    }
    let sent = String(decoding: bytes, as: UTF8.self)
    let begin = try #require(sent.firstRange(of: "\u{1B}[?2026h"))
    let end = try #require(sent.firstRange(of: "\u{1B}[?2026l"))
    #expect(begin.upperBound < end.lowerBound)
    #expect(sent[begin.upperBound..<end.lowerBound].contains("Servers"))
  }

  @Test func `an idle window sleeps until something happens`() async throws {
    let calls = try await Session.run { session in
      try session.wait(for: greeting)
      session.type("\u{1B}")
      try session.wait(for: "q quits")
      // The message leaves after its time; from then on there is nothing to do.
      try session.wait(until: "silence") { !$0.text.contains("q quits") }
      var calls = Self.systemCall(of: session.process)
      let deadline = Session.now + 5000
      while !Self.isEndlessWait(calls), Session.now < deadline {
        poll(nil, 0, 5)
        calls = Self.systemCall(of: session.process)
      }
      return calls
    }
    #expect(Self.isEndlessWait(calls), "the main thread is in \(calls)")
  }

  /// epoll_wait with a time of -1: number 232 on x86-64, epoll_pwait 22 on arm64.
  private static func isEndlessWait(_ call: [String]) -> Bool {
    guard call.count > 4, ["232", "22", "281"].contains(call[0]) else { return false }
    return call[4].hasSuffix("ffffffff")
  }

  private static func systemCall(of process: pid_t) -> [String] {
    guard let file = fopen("/proc/\(process)/syscall", "r") else { return [] }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 256)
    guard fgets(&text, 256, file) != nil else { return [] }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
  }
}

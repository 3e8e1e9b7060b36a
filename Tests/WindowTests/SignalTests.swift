import Glibc
import TestSupport
import Testing

@Suite(.inTurns) struct SignalTests {
  @Test(arguments: [
    (SIGTERM, Session.End.exited(128 + SIGTERM)), (SIGINT, .exited(128 + SIGINT)),
    (SIGHUP, .exited(128 + SIGHUP)), (SIGQUIT, .exited(128 + SIGQUIT)),
    (SIGUSR1, .exited(128 + SIGUSR1)), (SIGALRM, .exited(128 + SIGALRM)),
    (SIGSEGV, .killed(SIGSEGV)), (SIGABRT, .killed(SIGABRT)),
    (SIGILL, .killed(SIGILL)), (SIGBUS, .killed(SIGBUS)), (SIGTRAP, .killed(SIGTRAP)),
    (SIGFPE, .killed(SIGFPE)),
  ])
  func `the terminal is given back whatever ends the program`(
    number: Int32, expected: Session.End
  ) async throws {
    let before = try await Session.untouchedDiscipline()
    let (after, end, report) = try await Session.run { session in
      try session.wait(for: greeting)
      session.type("\u{1B}OQ")
      try session.wait(for: "mouse on")
      session.signal(number)
      let end = try session.end()
      return (Restored(session), end, session.file(".local/state/alidade/crash.txt"))
    }
    #expect(end == expected)
    #expect(after.isWhole)
    #expect(after.discipline == before)
    if case .killed = expected {
      #expect(after.text.contains("the terminal is restored after SIG"))
      let words = after.text.filter { !$0.isNewline }
      #expect(words.contains("; the report is /") && words.contains("/alidade/crash.txt"))
      #expect(report.hasPrefix("alidade ") && report.contains("\nsignal SIG"))
      #expect(report.contains("alidade("))
    }
  }

  @Test func `a terminal that hangs up ends the program`() async throws {
    let end = try await Session.run { session in
      try session.wait(for: greeting)
      session.hangUp()
      return try session.end()
    }
    #expect(end == .exited(128 + SIGHUP) || end == .exited(1))
  }

  @Test func `a hang-up without its signal is noticed too`() async throws {
    let words = ["/bin/sh", "-c", "trap '' HUP; exec \(ShellRun.program)"]
    let (end, milliseconds, busy) = try await Session.run(words) { session in
      try session.wait(for: greeting)
      let start = Session.now
      session.hangUp()
      return (try session.end(), Session.now - start, session.processorMilliseconds)
    }
    // A signal that is held back is told even where its sender is ignored.
    #expect(end == .exited(1) || end == .exited(128 + SIGHUP))
    // A machine under load is late; a program that spins on the dead terminal is busy for as long as it lives.
    #expect(milliseconds < 3000)
    #expect(busy < 1500)
  }

  @Test func `Ctrl-Z gives the terminal to the shell and fg takes it again`() async throws {
    // The shell puts its job into a group of its own, as an interactive one does.
    let script =
      "set -m; \(ShellRun.program); echo came back; read line; echo go on; fg; echo ended $?"
    let before = try await Session.untouchedDiscipline()
    let stopped = try await Session.run(["/bin/bash", "-c", script]) { session in
      try session.wait(for: greeting)
      session.type("\u{1A}")
      try session.wait(for: "came back")
      let stopped = Restored(session)
      session.resize(width: 100, height: 30)
      session.type("\n")
      try session.wait(until: "the window again") {
        $0.text.contains(greeting) && $0.isAlternate && $0.text.hasPrefix(" servers")
      }
      try session.wait(until: "the new size") {
        $0.text.split(separator: "\n", omittingEmptySubsequences: false)[0].count == 99
      }
      session.type("q")
      try session.wait(for: "ended 0")
      return stopped
    }
    #expect(stopped.discipline == before)
    #expect(stopped.isWhole)
  }

  @Test func `a stop from outside is answered like Ctrl-Z`() async throws {
    let script = "set -m; \(ShellRun.program); echo came back; read line; fg; echo ended $?"
    try await Session.run(["/bin/bash", "-c", script]) { session in
      try session.wait(for: greeting)
      guard let child = Self.child(of: session.process) else {
        throw Session.TimedOut(description: "no child")
      }
      kill(child, SIGTSTP)
      try session.wait(for: "came back")
      session.type("\n")
      try session.wait(until: "the window again") { $0.text.contains(greeting) && $0.isAlternate }
      session.type("q")
      try session.wait(for: "ended 0")
    }
  }

  private static func child(of process: pid_t) -> pid_t? {
    guard let file = fopen("/proc/\(process)/task/\(process)/children", "r") else { return nil }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 64)
    guard fgets(&text, 64, file) != nil else { return nil }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").first.flatMap { pid_t($0) }
  }
}

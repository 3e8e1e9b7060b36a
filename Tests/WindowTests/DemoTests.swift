import TestSupport
import Testing

@Suite struct DemoTests {
  @Test(arguments: [(80, 24), (120, 40)])
  func `the demo says what it is, shows all systems and connects to one`(
    width: Int, height: Int
  ) async throws {
    try await Session.run([ShellRun.program, "demo"], width: width, height: height) { session in
      try session.wait(for: "DEMO")
      for name in ["alumia", "alloy-sessions", "alloy-projects", "lumos", "allv"] {
        try session.wait(for: name)
      }
      session.type("\r")
      try session.wait(for: "alumia_get_balance")
    }
  }
}

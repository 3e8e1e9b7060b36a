import TestSupport
import Testing

/// The systems from outside, as their documents and our own pages say.
@Suite struct SystemsTests {
  private static let opening =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","#
    + #""capabilities":{},"clientInfo":{"name":"test","version":"0.1.0"}}}"#

  @Test func `C7: the echo test of step 4 works as written`() async {
    let run = await ShellRun.of(
      """
      echo '\(Self.opening)' | ALLOY_API_URL=http://localhost:3000 \
        ALLOY_API_TOKEN=alloy_live_your_key $alidade serve alloy-projects --stdio
      """)
    #expect(run.code == 0 && run.endedInTime)
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.output.contains(#""serverInfo":{"name":"alloy-mcp""#))
    #expect(run.errors.contains("http://localhost:3000"))
  }

  @Test func `A4: the wrong variable is told of by the right name`() async {
    let run = await ShellRun.of("ALUMIA_API_URL=https://x $alidade serve alumia --stdio")
    #expect(run.code == 1 && run.errors.contains("ALUMIA_BASE_URL"), "\(run.errors)")
  }

  @Test(arguments: ["alumia", "alloy-sessions", "alloy-projects", "lumos", "allv"])
  func `a system is a target, served here or as a process`(_ name: String) async {
    for target in ["demo:\(name)", "demo:\(name)+stdio"] {
      let run = await ShellRun.of("$alidade list tools \(target) --json")
      #expect(run.code == 0 && run.output.contains("inputSchema"), "\(target): \(run.errors)")
    }
  }

  @Test func `the page of the systems is what the program writes`() async {
    let run = await ShellRun.of("$alidade systems --markdown")
    #expect(run.code == 0)
    Golden.check(run.output, against: "docs/SYSTEMS.md")
  }
}

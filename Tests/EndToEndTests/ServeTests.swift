import TestSupport
import Testing

@Suite(.inTurns) struct ServeTests {
  private static let opening =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","#
    + #""capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#

  @Test func `one line in is one line out, and the server leaves with its client`() async {
    let run = await ShellRun.of("echo '\(Self.opening)' | $alidade serve conformance --stdio")
    #expect(run.code == 0 && run.endedInTime)
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.output.contains(#""serverInfo":{"name":"alidade-conformance""#))
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: ["2024-11-05", "2025-11-25", "2026-07-28"])
  func `the program lists and calls its own server as a child`(_ version: String) async {
    let run = await ShellRun.of(
      "$alidade call \"$alidade serve conformance --stdio\" test_simple_text --protocol \(version)")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("This is a simple text response for testing."))
  }

  @Test func `wrong words are a sentence`() async {
    let rows = [
      ("serve nothing", "nothing"), ("serve conformance --stdio --listen :0", "exclude"),
      ("serve conformance --listen example.com:80", "cannot listen"),
    ]
    for (line, word) in rows {
      let run = await ShellRun.of("$alidade \(line)")
      #expect(run.code == 1 && run.output.isEmpty, "\(line)")
      #expect(run.errors.contains(word), "\(run.errors)")
    }
  }

  @Test func `a signal ends the server in order, and a second server is refused the port`() async {
    let run = await ShellRun.of(
      """
      exec 3< <(exec $alidade serve conformance --listen 127.0.0.1:0); first=$!
      read -r line <&3; address=${line#*//}; address=${address%/mcp}
      $alidade serve conformance --listen $address; echo "second: $?"
      kill -TERM $first; wait $first; echo "first: $?"
      """)
    #expect(run.output.contains("second: 1"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("first: 143"))
    #expect(run.errors.contains("another program is listening"))
  }
}

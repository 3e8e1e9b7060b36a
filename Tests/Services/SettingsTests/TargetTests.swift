import Testing

@testable import Settings

@Suite struct TargetTests {
  @Test(
    arguments: [
      ("https://h.example/mcp?x=1", .url("https://h.example/mcp?x=1")),
      (" http://[::1]:3000/mcp ", .url("http://[::1]:3000/mcp")),
      ("HTTPS://h", .url("HTTPS://h")),
      ("https://h.example:8443", .url("https://h.example:8443")),
      ("@alumia", .catalog("alumia")), ("@My Server", .catalog("My Server")),
      ("demo:lumos", .demo("lumos")),
      ("alloy-mcp", .command(["alloy-mcp"], environment: [])),
      ("./server.py --stdio", .command(["./server.py", "--stdio"], environment: [])),
      (
        "uvx 'my server' \"a \\\"b\\\"\" c\\ d",
        .command(["uvx", "my server", "a \"b\"", "c d"], environment: [])
      ),
      (
        "node -e 'console.log($HOME)' ''",
        .command(["node", "-e", "console.log($HOME)", ""], environment: [])
      ),
      (
        "A=1 B='x y' run it",
        .command(["run", "it"], environment: [NamedValue("A", "1"), NamedValue("B", "x y")])
      ),
      ("bin/server.py", .command(["bin/server.py"], environment: [])),
      ("server.py", .command(["server.py"], environment: [])),
      ("sh -c 'a | b'", .command(["sh", "-c", "a | b"], environment: [])),
      (
        "npx mcp-remote http://h/?a=1&b=2",
        .command(["npx", "mcp-remote", "http://h/?a=1&b=2"], environment: [])
      ),
    ] as [(String, Target)])
  func `words name a target`(text: String, expected: Target) throws {
    #expect(try Target.parse(text) == expected)
  }

  @Test(
    arguments: [
      ("", .empty, "give a URL, a quoted command line, @name, demo:NAME or -- command args"),
      ("@", .noName("@"), nil), ("@ x", .noName("@"), nil),
      ("demo:", .noName("demo:"), nil),
      ("ws://h/mcp", .scheme("ws", in: "ws://h/mcp"), nil),
      ("http://", .url("http://", .noHost), nil),
      ("http://h:99999/", .url("http://h:99999/", .badPort("99999")), nil),
      ("https://h/a b", .url("https://h/a b", .space), nil),
      (
        "https://h/<workspaceId>/mcp",
        .url("https://h/<workspaceId>/mcp", .placeholder("<workspaceId>")), "fill it in"
      ),
      (
        "localhost:3000/mcp", .addressWithoutScheme("localhost:3000/mcp"),
        "write http://localhost:3000/mcp"
      ),
      ("127.0.0.1:80", .addressWithoutScheme("127.0.0.1:80"), "write http://127.0.0.1:80"),
      (
        "mcp.alloy.app/mcp", .addressWithoutScheme("mcp.alloy.app/mcp"),
        "write https://mcp.alloy.app/mcp, or ./mcp.alloy.app/mcp to run a file"
      ),
      ("a 'b", .commandLine(.unclosedQuote("'", column: 3)), nil),
      ("a \"b", .commandLine(.unclosedQuote("\"", column: 3)), nil),
      ("a b\\", .commandLine(.danglingBackslash(column: 4)), nil),
      (
        "a | b", .commandLine(.shellOperator("|", column: 3)),
        "no shell runs this line; write sh -c '…' if you want one"
      ),
      (
        "a && b", .commandLine(.shellOperator("&&", column: 3)),
        "no shell runs this line; write sh -c '…' if you want one"
      ),
      ("A=1", .noProgram, "give a URL, a quoted command line, @name, demo:NAME or -- command args"),
    ] as [(String, TargetError, String?)])
  func `what is no target is refused with advice`(text: String, error: TargetError, hint: String?) {
    #expect(throws: error) { try Target.parse(text) }
    #expect(error.hint == hint)
    #expect(!error.sentence.isEmpty)
  }

  @Test(arguments: [["a", "b c", "", "d'e", "\"", "$x", "ü"], ["x"]])
  func `joined words are split into the same words`(words: [String]) throws {
    #expect(try ShellWords.split(ShellWords.join(words)) == words)
  }

  @Test func `options win over what the definition says`() throws {
    var options = TargetOptions()
    options.headers = ["authorization: Bearer new", "X-A:b:c"]
    options.transport = "sse"
    options.timeout = "2.5"
    options.protocolVersion = "2025-06-18"
    options.isInsecure = true
    var server = ServerDefinition(name: "s", transport: .http, origin: .commandLine)
    server.url = "https://h/mcp"
    server.headers = [NamedValue("Authorization", "Bearer old")]
    let result = try options.apply(to: server)
    #expect(
      result.headers == [NamedValue("authorization", "Bearer new"), NamedValue("X-A", "b:c")])
    #expect(result.transport == .sse)
    #expect(result.timeout == 2.5)
    #expect(result.protocolVersion == "2025-06-18")
    #expect(result.tls.isInsecure)
  }

  @Test func `a variable without a value is passed on`() throws {
    var options = TargetOptions()
    options.variables = ["A=1=2", "TOKEN"]
    options.directory = "/srv"
    let server = try Target.parse("A=0 run").definition(with: options, in: [])
    #expect(server?.environment == [NamedValue("A", "1=2"), NamedValue("TOKEN", "${TOKEN}")])
    #expect(server?.directory == "/srv")
    #expect(server?.words == ["run"])
  }

  private struct Refused {
    let target: String
    let options: (inout TargetOptions) -> Void
    let error: TargetError
  }

  @Test func `options that do not go together are refused`() {
    let rows = [
      Refused(target: "run", options: { $0.headers = ["A: b"] }, error: .optionNeedsURL("-H")),
      Refused(
        target: "run", options: { $0.isInsecure = true }, error: .optionNeedsURL("--insecure")),
      Refused(
        target: "http://h", options: { $0.variables = ["A=1"] }, error: .optionNeedsCommand("-e")),
      Refused(
        target: "http://h", options: { $0.directory = "/" }, error: .optionNeedsCommand("--cwd")),
      Refused(
        target: "http://h", options: { $0.headers = ["A"] }, error: .badHeader("A", .noColon)),
      Refused(
        target: "http://h", options: { $0.headers = ["A b: c"] }, error: .badHeader("A b", .name)),
      Refused(
        target: "http://h", options: { $0.headers = ["A: b\r\nC: d"] },
        error: .badHeader("A", .value)),
      Refused(
        target: "http://h", options: { $0.transport = "stdio" },
        error: .badTransport("stdio", for: "an address")),
      Refused(
        target: "run", options: { $0.transport = "http" },
        error: .badTransport("http", for: "a command")),
      Refused(target: "run", options: { $0.timeout = "0" }, error: .badTimeout("0")),
      Refused(target: "run", options: { $0.variables = ["1A=2"] }, error: .badVariable("1A=2")),
      Refused(target: "http://h", options: { $0.key = "k" }, error: .keyWithoutCertificate),
      Refused(target: "@no", options: { _ in }, error: .unknownServer("no", known: [])),
    ]
    for row in rows {
      var options = TargetOptions()
      row.options(&options)
      #expect(throws: row.error) { try Target.parse(row.target).definition(with: options, in: []) }
    }
  }
}

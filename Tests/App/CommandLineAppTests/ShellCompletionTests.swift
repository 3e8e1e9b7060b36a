import Arguments
import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct ShellCompletionTests {
  private static let handlers: [String: TestServer.Handler] = [
    "tools/list": { _, _ in
      .tools(
        .tool(
          "search",
          properties: [
            "q": ["type": "string", "description": "What to look for"],
            "sort": ["enum": ["new", "old"]], "deep": ["type": "boolean"],
          ], required: ["q"]),
        .tool(
          "pick",
          properties: [
            "size": ["$ref": "#/$defs/Size"], "loop": ["$ref": "#/properties/loop"],
            "sizes": ["anyOf": [["items": ["$ref": "#/$defs/Size"]], ["type": "null"]]],
          ], definitions: ["Size": ["enum": ["s", "m"]]]),
        .tool("send it"), .tool("\u{1b}[2J"), .tool("$(rm)"))
    },
    "prompts/list": { _, _ in
      .result(["prompts": [["name": "review", "arguments": [["name": "file", "required": true]]]]])
    },
    "resources/list": { _, _ in .result(["resources": [["uri": "file:///a"]]]) },
  ]

  private static func offered(
    _ line: String, seeing lists: [String] = [], isBash: Bool = false,
    files: [String: String] = [:]
  ) async -> (words: [String], server: TestServer) {
    let folder = ScratchFolder()
    let server = TestServer("2025-11-25", capabilities: [:], handlers)
    let environment = ["XDG_STATE_HOME": folder.path, "HOME": folder.path]
    for list in lists {
      _ = await CommandRun.of(
        ["list", list, "run me"], environment: environment, server: server)
    }
    let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let run = await CommandRun.of(
      isBash ? ["__complete", "--line", line] : ["__complete", "--"] + words,
      environment: environment, server: server)
    return (run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }, server)
  }

  @Test func `what a server listed last is offered`() async {
    let rows: [(String, [String])] = [
      ("call|run me|", ["search", "pick", "send it", "$(rm)"]),
      ("call|run me|se", ["search", "send it"]),
      ("call|run me|search|", ["q=", "sort=", "deep="]), ("call|run me|search|q=a|s", ["sort="]),
      ("call|run me|search|sort=", ["sort=new", "sort=old"]),
      ("call|run me|search|deep=t", ["deep=true"]), ("call|run me|nothing|", []),
      ("call|run me|pick|size=", ["size=s", "size=m"]), ("call|run me|pick|loop=", []),
      ("call|run me|pick|sizes=", ["sizes=s", "sizes=m"]),
      ("prompt|run me|", ["review"]), ("prompt|run me|review|", ["file="]),
      ("read|run me|", ["file:///a"]), ("watch|run me|file", ["file:///a"]),
    ]
    for (line, words) in rows {
      let found = await Self.offered(line, seeing: ["tools", "prompts", "resources"])
      #expect(found.words == words, "\(line)")
    }
  }

  @Test func `a process is not started for it`() async {
    let found = await Self.offered("call|run me|")
    #expect(found.words.isEmpty)
    #expect(await found.server.received.isEmpty)
  }

  @Test @LoopActor func `an address is asked once`() async {
    let folder = ScratchFolder()
    let server = TestServer("2025-11-25", capabilities: [:], Self.handlers)
    let context = CommandContext(
      output: Output { _ in 0 }, errors: Output { _ in 0 },
      input: Input(all: { _ throws(FileProblem) in [] }),
      environment: ["XDG_STATE_HOME": folder.path], transports: server.source,
      file: { _, _ throws(FileProblem) in [] })
    let offer = Completion.offer(for: ["call", "http://localhost:1/mcp", "sea"], in: .alidade)
    for _ in 1...2 {
      let words = await KnownWords(context, offer, patience: 600).candidates("tools")
      #expect(words.map(\.word) == ["search"])
    }
    #expect(server.sent("tools/list").count == 1)
  }

  @Test func `bash gets its line read, and words that are none of its commands`() async {
    let rows: [(String, [String])] = [
      ("alidade call 'run me' s", ["search", "'send it'"]),
      ("alidade call \"run me\" '$", ["'$(rm)'"]), ("alidade call run\\ me sea", ["search"]),
      ("alidade call 'run me' search ", ["q=", "sort=", "deep="]), ("alidade vers", ["version"]),
    ]
    for (line, words) in rows {
      let found = await Self.offered(line, seeing: ["tools"], isBash: true)
      #expect(found.words == words, "\(line)")
    }
  }

  @Test func `what the program itself knows is offered without a server`() async {
    let rows: [(String, String)] = [
      ("ping|URL|--protocol|2025-", "2025-11-25"),
      ("ping|URL|--protocol=2025-", "--protocol=2025-11-25"),
      ("raw|URL|resources/te", "resources/templates/list"),
      ("history|sh", "show"),
    ]
    for (line, word) in rows {
      #expect(await Self.offered(line).words.contains(word), "\(line)")
    }
  }

  @Test func `the catalog's servers are targets`() async {
    let folder = ScratchFolder()
    let environment = ["XDG_CONFIG_HOME": folder.path, "HOME": folder.path]
    _ = await CommandRun.of(
      ["servers", "add", "files", "--", "server"], environment: environment)
    let run = await CommandRun.of(["__complete", "--", "call", "@f"], environment: environment)
    #expect(run.output == "@files\tserver\n")
    for line in ["servers remove", "servers install"] {
      let run = await CommandRun.of(
        ["__complete", "--"] + line.split(separator: " ").map(String.init) + [""],
        environment: environment)
      #expect(run.output == "files\tserver\n", "\(line)")
    }
  }
}

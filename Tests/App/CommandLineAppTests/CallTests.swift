import EventLoop
import Glibc
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct CallTests {
  private static let schema: JSON = [
    "q": ["type": "string"], "limit": ["type": "integer"], "deep": ["$ref": "#/$defs/flag"],
    "tags": ["type": "array", "items": ["type": "integer"]], "any": [:],
    "level": ["enum": ["1", 2, "two"]], "levels": ["type": "array", "items": ["enum": ["1", 2]]],
    "at": [
      "type": "object",
      "properties": [
        "lat": ["type": "number"], "zone": ["type": "object", "properties": ["id": [:]]],
        "of": ["type": "array", "items": ["type": "integer"]],
      ],
    ], "a.b": ["type": "integer"],
    "a": ["type": "object", "properties": ["b": ["type": "string"]]],
    "maybe": ["anyOf": [["type": "number"], ["type": "null"]]],
  ]

  private static func server(_ reply: TestServer.Reply = .text("ok")) -> TestServer {
    TestServer([
      "tools/list": { _, _ in
        .tools([
          "name": "search",
          "inputSchema": [
            "type": "object", "properties": Self.schema, "required": ["q"],
            "$defs": ["flag": ["type": "boolean"]],
          ],
        ])
      },
      "tools/call": { _, _ in reply },
    ])
  }

  private static func call(_ words: [String], _ server: TestServer) async -> CommandRun {
    await CommandRun.of(["call"] + words + ["--", "server"], isTerminal: false, server: server)
  }

  @Test func `words become what the schema wants`() async {
    let rows: [([String], String)] = [
      (["q=a", "limit=5"], #"{"q":"a","limit":5}"#),
      (["q=5", "deep=true"], #"{"q":"5","deep":true}"#),
      (["q=", "tags=1", "tags=2"], #"{"q":"","tags":[1,2]}"#),
      (["q=x", "tags=[3]"], #"{"q":"x","tags":[3]}"#),
      (["q=x", "any=1"], #"{"q":"x","any":"1"}"#),
      (["q=x", "other=1"], #"{"q":"x","other":"1"}"#),
      (["q=x", "__proto__=1", "constructor=2"], #"{"q":"x","__proto__":"1","constructor":"2"}"#),
      (["q=x", "maybe=null"], #"{"q":"x","maybe":null}"#),
      (["q=x", "level=1"], #"{"q":"x","level":"1"}"#),
      (["q=x", "level=2"], #"{"q":"x","level":2}"#),
      (["q=x", "levels=1", "levels=2"], #"{"q":"x","levels":["1",2]}"#),
      (["at.lat=1.50", "q=x", "at.of=1", "at.of=2"], #"{"at":{"lat":1.50,"of":[1,2]},"q":"x"}"#),
      (["q=x", #"at={"lat":1}"#, "at.lat:=2"], #"{"q":"x","at":{"lat":2}}"#),
      (["q=x", "at.far=1", "a.b=1"], #"{"q":"x","at.far":"1","a.b":1}"#),
      (["q=x", "maybe:=1.50"], #"{"q":"x","maybe":1.50}"#),
    ]
    for (words, arguments) in rows {
      let server = Self.server()
      let run = await Self.call(["search"] + words, server)
      #expect(run.code == .ok, "\(words): \(run.errors)")
      #expect(await server.sent("tools/call").first?["arguments"]?.compact == arguments)
    }
  }

  @Test func `what does not fit is said before anything is sent`() async {
    let rows: [([String], String)] = [
      (["search", "limit=x"], "'limit' wants an integer, not 'x'"),
      (["search"], "q is missing"),
      (["search", "q=a", "limit:=1.5"], "limit"),
      (["serach", "q=a"], "did you mean 'search'?"),
      (["search", "nonsense"], "'nonsense' is no argument"),
    ]
    for (words, sentence) in rows {
      let server = Self.server()
      let run = await Self.call(words, server)
      #expect(run.code == .usage, "\(words)")
      #expect(run.errors.contains(sentence), "\(words): \(run.errors)")
      #expect(await server.sent("tools/call").isEmpty)
    }
  }

  @Test func `content goes to standard output as it is`() async {
    let run = await Self.call(["search", "q=a", "--output", "-"], Self.server(.text("a\u{1B}b")))
    #expect(run.code == .ok)
    #expect(run.output == "a\u{1B}b")
    #expect(run.errors.isEmpty)
  }

  @Test func `a file takes what would have been printed where no content has words`() async throws {
    let folder = ScratchFolder()
    let structured: JSON = ["content": [], "structuredContent": ["n": 1]]
    let link: JSON = ["content": [["type": "resource_link", "uri": "file:///a", "name": "a"]]]
    let rows: [(JSON, [String], String)] = [
      (structured, [], (["n": 1] as JSON).pretty + "\n"), (link, [], "[link a file:///a]\n"),
      (["content": []], [], ""),
      (structured, ["--json"], structured.compact + "\n"),
      (["content": [["type": "text", "text": "a"]], "structuredContent": ["n": 1]], [], "a"),
    ]
    for (reply, words, text) in rows {
      let file = folder.write("old", to: "out")
      let run = await Self.call(
        ["search", "q=a", "-o", file] + words, Self.server(.result(reply)))
      #expect(run.code == .ok && run.output.isEmpty, "\(run.output) \(run.errors)")
      #expect(String(decoding: try Descriptors.readFile(file, atMost: 100), as: UTF8.self) == text)
      let printed = await Self.call(
        ["search", "q=a", "-o", "-"] + words, Self.server(.result(reply)))
      #expect(printed.output == text)
    }
  }

  @Test func `arguments are read before anything is sent, and never without end`() async {
    let server = Self.server()
    for text in ["@missing", "-"] {
      let run = await CommandRun.of(
        ["call", "search", "--args", text, "--", "server"],
        input: String(repeating: " ", count: 1 + 64 << 20), server: server)
      #expect(run.code == .usage && run.errors.contains("cannot read"), "\(run.errors)")
    }
    #expect(await server.received.isEmpty)
    #expect(throws: FileProblem(errno: EFBIG)) {
      try Descriptors.readFile("/dev/zero", atMost: 1000)
    }
  }

  @Test func `a word is read as the schema as a whole takes it`() async {
    let schema: JSON = [
      "type": "object",
      "properties": [
        "either": [
          "anyOf": [["type": "integer", "minimum": 100], ["type": "string", "maxLength": 3]]
        ],
        "kind": [:], "many": ["type": "array", "items": ["type": ["integer", "string"]]],
      ],
      "oneOf": [
        ["properties": ["kind": ["const": "a"], "v": ["type": "integer"]]],
        ["properties": ["kind": ["const": "b"], "v": ["type": "string"]]],
      ],
      "required": ["kind"],
    ]
    let rows: [([String], String)] = [
      (["kind=a", "v=5"], #"{"kind":"a","v":5}"#), (["kind=b", "v=5"], #"{"kind":"b","v":"5"}"#),
      (["v=5", "either=5", "kind=b"], #"{"v":"5","either":"5","kind":"b"}"#),
      (["kind=a", "either=500"], #"{"kind":"a","either":500}"#),
      (["kind=a", "many=1", "many=x"], #"{"kind":"a","many":[1,"x"]}"#),
    ]
    for (words, arguments) in rows {
      let server = TestServer([
        "tools/list": { _, _ in .tools(["name": "search", "inputSchema": schema]) },
        "tools/call": { _, _ in .text("ok") },
      ])
      let run = await Self.call(["search"] + words, server)
      #expect(run.code == .ok, "\(words): \(run.errors)")
      #expect(await server.sent("tools/call").first?["arguments"]?.compact == arguments)
    }
  }

  @Test func `a word that no type takes goes as text where that is forced`() async {
    let server = Self.server()
    #expect(await Self.call(["search", "--no-validate", "limit=x"], server).code == .ok)
    #expect(await server.sent("tools/call").first?["arguments"]?.compact == #"{"limit":"x"}"#)
  }

  @Test func `bad arguments are sent on purpose`() async {
    let server = Self.server()
    #expect(await Self.call(["search", "--no-validate", "limit:=[]"], server).code == .ok)
    #expect(await server.sent("tools/call").first?["arguments"]?.compact == #"{"limit":[]}"#)
  }

  @Test func `with --json a failure is one line of JSON`() async throws {
    let rows: [(TestServer.Reply, ExitCode)] = [
      (.text("no", isError: true), .failedAnswer), (.error(-32000, "broken"), .protocolError),
    ]
    for (reply, code) in rows {
      let run = await Self.call(["search", "q=a", "--json"], Self.server(reply))
      #expect(run.code == code)
      let lines = run.errors.split(separator: "\n")
      #expect(lines.count == (code == .failedAnswer ? 0 : 1), "\(run.errors)")
      for line in lines {
        #expect(try JSON.parse(String(line))["error"]?["code"]?.int == Int(code.rawValue))
      }
    }
  }

  @Test func `structured content is shown where the text does not say it`() async {
    let rows: [(JSON, String, Bool)] = [
      (["result": "ok"], "ok", false), (["t": 20, "c": "Oslo"], "20 degrees in Oslo", false),
      (["t": 21], "20 degrees", true), (["ok": true], "fine", true),
      (["a": 1], #"{ "a": 1 }"#, false),
      ([:], "done", false),
    ]
    for (structured, text, isShown) in rows {
      let reply: JSON = [
        "content": [["type": "text", "text": .string(text)]], "structuredContent": structured,
      ]
      let run = await Self.call(["search", "q=a"], Self.server(.result(reply)))
      #expect((run.output != text + "\n") == isShown, "\(run.output)")
    }
  }
}

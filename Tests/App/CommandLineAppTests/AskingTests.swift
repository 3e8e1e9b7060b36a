import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct AskingTests {
  private static let form: JSON = [
    "type": "object",
    "properties": [
      "name": ["type": "string", "minLength": 2],
      "age": ["type": "integer", "minimum": 18, "default": 30],
      "colour": ["type": "string", "enum": ["red", "green"]],
      "password": ["type": "string"],
      "news": ["type": "boolean"],
    ],
    "required": ["name", "colour"],
  ]

  private static let question: JSON = [
    "message": "Who \u{1b}[31mare you?", "requestedSchema": form,
  ]

  /// Asks within a tool call and answers with what it was told.
  private static func server(_ method: String, _ params: JSON) -> TestServer {
    TestServer([
      "tools/list": { _, _ in .tools(.tool("go")) },
      "tools/call": { _, server in
        let response = await server.ask(method, params)
        return .text((response["result"] ?? response["error"] ?? .null).compact)
      },
    ])
  }

  private static func called(
    _ server: TestServer, typed: [String]?, _ more: [String] = [], files: [String: String] = [:]
  ) async -> CommandRun {
    await CommandRun.of(
      ["call", "go"] + more + ["--", "server"], files: files, isTerminal: typed != nil,
      server: server, typed: typed)
  }

  @Test func `a form is filled in field by field, checked as it is typed`() async {
    let server = Self.server("elicitation/create", Self.question)
    let run = await Self.called(
      server,
      typed: ["", "x", "Ada", "17", "x", "", "3", "green", "hush", "maybe", "n", "y"])
    #expect(run.code == .ok)
    #expect(
      run.output
        == #"{"action":"accept","content":{"name":"Ada","age":30,"colour":"green","password":"hush","news":false}}"#
        + "\n", "\(run.errors)")
    #expect(!run.errors.contains("\u{1b}[31m"))
    #expect(!run.errors.contains("hush"))
    for words in [
      "test asks:", "an answer is needed", "a number is wanted", "choose one", "y or n",
    ] {
      #expect(run.errors.contains(words), "\(words)")
    }
  }

  @Test func `whoever asks for a secret in a form is told on`() async {
    let words = "No server may ask for secrets in a form, and this one does:"
    let rows: [(JSON, String?)] = [
      (["password": ["type": "string"], "name": ["type": "string"]], "password"),
      (["api_key": ["type": "string"], "token": ["type": "string"]], "api_key, token"),
      (["name": ["type": "string"], "monkey": ["type": "string"]], nil),
    ]
    for (properties, names) in rows {
      let server = Self.server(
        "elicitation/create",
        ["message": "Who?", "requestedSchema": ["type": "object", "properties": properties]])
      let run = await Self.called(server, typed: [":decline"])
      #expect(run.errors.contains(words) == (names != nil))
      if let names { #expect(run.errors.contains("\(words) \(names)."), "\(run.errors)") }
    }
  }

  @Test func `a form can be declined, cancelled, and corrected before it is sent`() async {
    let rows: [([String], String)] = [
      ([":decline"], #"{"action":"decline"}"#), ([":cancel"], #"{"action":"cancel"}"#),
      ([], #"{"action":"cancel"}"#),
      (["Ada", "", "1", ":skip", "", "d"], #"{"action":"decline"}"#),
      (
        ["Ada", "", "1", "", "", "e", "", "40", "2", "", "", ""],
        #"{"action":"accept","content":{"name":"Ada","age":40,"colour":"green"}}"#
      ),
    ]
    for (typed, answer) in rows {
      let run = await Self.called(
        Self.server("elicitation/create", Self.question), typed: typed)
      #expect(run.output == answer + "\n", "\(typed): \(run.errors)")
    }
  }

  @Test func `the address of a page is shown whole, with what is odd about it`() async {
    let page: JSON = [
      "mode": "url", "message": "Sign in", "elicitationId": "e1",
      "url": "http://bank.example@xn--evil-9ta.example/login",
    ]
    let run = await Self.called(Self.server("elicitation/create", page), typed: ["", "y"])
    #expect(run.output == #"{"action":"accept"}"# + "\n")
    for words in [
      "http://bank.example@xn--evil-9ta.example/login", "host is xn--evil-9ta.example",
      "not encrypted", "before @", "look like others",
    ] {
      #expect(run.errors.contains(words), "\(words): \(run.errors)")
    }
  }

  @Test func `a person can write what a model would, or refuse`() async {
    let wish: JSON = [
      "messages": [["role": "user", "content": ["type": "text", "text": "Capital?"]]],
      "maxTokens": 10, "systemPrompt": "Be brief",
    ]
    let server = Self.server("sampling/createMessage", wish)
    let run = await Self.called(server, typed: ["w", "Paris,", "I think", ""])
    let answer = try? JSON.parse(run.output)
    #expect(answer?["content"]?["text"] == "Paris,\nI think")
    #expect(answer?["model"] == "human")
    #expect(run.errors.contains("user: Capital?") && run.errors.contains("system: Be brief"))
    let refused = await Self.called(Self.server("sampling/createMessage", wish), typed: ["r"])
    #expect(refused.output.contains("-1"))
  }

  @Test func `only what can be answered is offered`() async {
    let rows: [([String]?, [String], [String: String], JSON)] = [
      (nil, [], [:], [:]),
      ([], [], [:], ["sampling": [:], "elicitation": ["form": [:], "url": [:]]]),
      (nil, ["--answers", "a"], ["a": #"{"sampling":{}}"#], ["sampling": [:]]),
      (nil, ["--root", "/tmp/x"], [:], ["roots": [:]]),
    ]
    for (typed, words, files, capabilities) in rows {
      let server = TestServer([
        "tools/list": { _, _ in .tools(.tool("go")) }, "tools/call": { _, _ in .text("") },
      ])
      _ = await Self.called(server, typed: typed, words, files: files)
      var sent = await server.sent("initialize").first?["capabilities"]?.object ?? [:]
      sent["tasks"] = nil
      if sent["roots"] != nil { sent["roots"] = [:] }
      #expect(Set(sent.keys) == Set(capabilities.object?.keys ?? []), "\(words)")
      #expect(sent["elicitation"] ?? .null == capabilities["elicitation"] ?? .null, "\(words)")
    }
  }

  @Test func `folders are told as file addresses`() async {
    let server = Self.server("roots/list", [:])
    let run = await Self.called(server, typed: nil, ["--root", "/tmp/my files"])
    #expect(run.output == #"{"roots":[{"uri":"file:///tmp/my%20files","name":"my files"}]}"# + "\n")
  }

  @Test func `off a terminal nobody is asked, and the code says that somebody was wanted`() async {
    let server = TestServer([
      "tools/list": { _, _ in .tools(.tool("go")) },
      "tools/call": { _, server in
        let response = await server.ask("elicitation/create", Self.question)
        return .text(response.compact, isError: true)
      },
    ])
    let run = await Self.called(server, typed: nil)
    #expect(run.code == .inputRequired)
    #expect(run.errors.contains("elicitation/create: Who"))
    #expect(run.errors.contains("--answers"))
  }

  @Test func `a prepared file answers in turn`() async {
    let server = Self.server("elicitation/create", Self.question)
    let run = await Self.called(
      server, typed: nil, ["--answers", "a"],
      files: ["a": #"{"elicitation":[{"name":"Ada","colour":"red"},{"action":"decline"}]}"#])
    #expect(run.output == #"{"action":"accept","content":{"name":"Ada","colour":"red"}}"# + "\n")
  }

  @Test func `answers under a name that nothing asks for are refused`() async {
    let server = Self.server("elicitation/create", Self.question)
    let run = await Self.called(
      server, typed: nil, ["--answers", "a"], files: ["a": #"{"elicitaton":{"name":"Ada"}}"#])
    #expect(run.code == .usage)
    #expect(run.errors.contains("a: 'elicitaton' is nothing that a server asks for"))
    #expect(run.errors.contains("elicitation, sampling, roots"))
  }

  @Test(arguments: [
    (#"{"name":"Ada","colour":"blue"}"#, "colour: "), (#"{"name":"Ada"}"#, "colour is missing"),
    (#"{"action":"accept","content":{"name":"A","colour":"red"}}"#, "name: "),
  ])
  func `prepared content that does not fit the form ends the command at once`(
    content: String, field: String
  ) async {
    let files = ["a": #"{"elicitation":\#(content)}"#]
    for server in [Self.server("elicitation/create", Self.question), Self.rounds(isStern: true)] {
      let run = await Self.called(server, typed: nil, ["--answers", "a"], files: files)
      #expect(run.code == .usage, "\(run.errors)")
      #expect(run.errors.contains("alidade: a: the content") && run.errors.contains(field))
      #expect(run.errors.contains("--no-validate"), "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(await server.sent("tools/call").count == 1)
    }
    let run = await Self.called(
      Self.rounds(), typed: nil, ["--answers", "a", "--no-validate"], files: files)
    #expect(run.code == .ok && run.output.contains(#""name":"A"#))
  }

  private static let page: JSON = [
    "mode": "url", "message": "Sign in", "elicitationId": "e1", "url": "https://h.example/",
  ]
  private static let optional: JSON = [
    "message": "Any?",
    "requestedSchema": ["type": "object", "properties": ["name": ["type": "string"]]],
  ]

  @Test(arguments: [
    #"{"elicitation":"decline"}"#, #"{"elicitation":null}"#, #"{"elicitation":[false]}"#,
    #"{"elicitation":{"action":"reject"}}"#, #"{"elicitation":{"action":"Decline"}}"#,
    #"{"elicitation":{"action":null}}"#, #"{"sampling":"hi"}"#, #"{"sampling":null}"#,
    #"{"roots":["/tmp"]}"#, #"{"roots":[{"name":"x"}]}"#,
  ])
  func `a prepared answer without the form of one is never sent, least of all as a consent`(
    answers: String
  ) async {
    for question in [Self.page, Self.optional] {
      let server = Self.server("elicitation/create", question)
      let run = await Self.called(
        server, typed: nil, ["--answers", "a"], files: ["a": answers])
      #expect(run.code == .usage, "\(run.errors)")
      #expect(run.errors.contains("alidade: a: ") && run.output.isEmpty, "\(run.errors)")
    }
  }

  @Test(arguments: ["accept", "decline", "cancel"])
  func `the wire's own answers are sent as they stand`(action: String) async {
    for question in [Self.page, Self.optional] {
      let answer = #"{"action":"\#(action)"}"#
      let run = await Self.called(
        Self.server("elicitation/create", question), typed: nil, ["--answers", "a"],
        files: ["a": #"{"elicitation":\#(answer)}"#])
      #expect(run.output == answer + "\n", "\(run.errors)")
    }
  }

  @Test func `a form may have a field that is called action`() async {
    let form: JSON = [
      "message": "What?",
      "requestedSchema": ["type": "object", "properties": ["action": ["type": "string"]]],
    ]
    let run = await Self.called(
      Self.server("elicitation/create", form), typed: nil, ["--answers", "a"],
      files: ["a": #"{"elicitation":{"action":"run"}}"#])
    #expect(run.output == #"{"action":"accept","content":{"action":"run"}}"# + "\n")
  }

  // MARK: - Stateless revisions

  /// Asks once, or for ever, with a state to carry.
  private static func rounds(isStern: Bool = false) -> TestServer {
    TestServer(
      "2026-07-28",
      [
        "tools/list": { _, _ in .tools(.tool("go")) },
        "tools/call": { params, _ in
          guard !isStern, let given = params["inputResponses"] else {
            return .result([
              "resultType": "input_required", "requestState": "s1",
              "inputRequests": ["who": ["method": "elicitation/create", "params": Self.question]],
            ])
          }
          return .text("\(given.compact) \(params["requestState"]?.string ?? "-")")
        },
      ])
  }

  @Test func `input that a result asks for is asked for the same way`() async {
    let run = await Self.called(Self.rounds(), typed: ["Ada", "", "red", "", "", "y"])
    #expect(
      run.output
        == #"{"who":{"action":"accept","content":{"name":"Ada","age":30,"colour":"red"}}} s1"#
        + "\n",
      "\(run.errors)")
    let nobody = await Self.called(Self.rounds(), typed: nil)
    #expect(nobody.code == .inputRequired)
    #expect(nobody.errors.contains("Who"))
  }

  @Test func `an error that wants a page opened is met and the call made again`() async {
    func server() -> TestServer {
      TestServer([
        "tools/list": { _, _ in .tools(.tool("go")) },
        "tools/call": { _, server in
          guard server.sent("tools/call").count == 1 else { return .text("in") }
          return .error(
            -32042, "open it",
            [
              "elicitations": [
                [
                  "mode": "url", "message": "Sign in", "url": "https://a.example/",
                  "elicitationId": "1",
                ]
              ]
            ])
        },
      ])
    }
    #expect(await Self.called(server(), typed: ["y"]).output == "in\n")
    #expect(await Self.called(server(), typed: ["d"]).code == .inputRequired)
    #expect(await Self.called(server(), typed: nil).code == .inputRequired)
    let file = ["a": #"{"elicitation":{"action":"accept"}}"#]
    #expect(
      await Self.called(server(), typed: nil, ["--answers", "a"], files: file).output == "in\n")
  }

  @Test func `a question that is withdrawn leaves the call alone`() async {
    let server = TestServer([
      "tools/list": { _, _ in .tools(.tool("go")) },
      "tools/call": { _, server in
        Task { @LoopActor in _ = await server.ask("elicitation/create", Self.question) }
        server.tell("notifications/cancelled", ["requestId": 1])
        return .text("went on")
      },
    ])
    let run = await Self.called(server, typed: [])
    #expect(run.output == "went on\n")
  }
}

import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  private static let done = #"{"resultType":"complete","content":[{"type":"text","text":"done"}]}"#
  private static let question =
    #"{"method":"elicitation/create","params":{"mode":"form","message":"Who","requestedSchema":{"type":"object","properties":{"n":{"type":"string"}}}}}"#
  private static let sheet = ["a": #"{"elicitation":[{"n":"x"},{"n":"x"},{"n":"x"}]}"#]

  private static func calls(_ results: String...) -> QuirkRow.Server {
    .stateless(["POST tools/call": results.map { .result($0) }])
  }

  /// Rounds of input.
  static let rounds: [QuirkRow] = [
    QuirkRow(
      "a state and no question",
      calls(#"{"resultType":"input_required","requestState":"s"}"#, done), "call URL add",
      output: "done"),
    QuirkRow(
      "states without end", calls(#"{"resultType":"input_required","requestState":"s"}"#),
      "call URL add", .protocolError, errors: "asked for input more than 10 times"),
    QuirkRow(
      "no questions, without end", calls(#"{"resultType":"input_required","inputRequests":{}}"#),
      "call URL add", .protocolError, errors: "asked for input more than 10 times"),
    QuirkRow(
      "questions as a list",
      calls(#"{"resultType":"input_required","inputRequests":[]}"#, done), "call URL add",
      output: "done", errors: "/inputRequests is"),
    QuirkRow(
      "a question with nobody to answer",
      calls(#"{"resultType":"input_required","inputRequests":{"k":\#(question)}}"#, done),
      "call URL add", .inputRequired, errors: "elicitation/create: Who"),
    QuirkRow(
      "the same question again and again",
      calls(#"{"resultType":"input_required","inputRequests":{"k":\#(question)}}"#),
      "call URL add --answers a", .protocolError, errors: "asked for input more than 10 times",
      files: sheet),
    QuirkRow(
      "a question that nobody knows",
      calls(
        #"{"resultType":"input_required","inputRequests":{"k":{"method":"foo/bar"}}}"#, done),
      "call URL add", .inputRequired, errors: "foo/bar"),
    QuirkRow(
      "a question without method",
      calls(#"{"resultType":"input_required","inputRequests":{"k":{}}}"#, done),
      "call URL add", .inputRequired, errors: "(a question without method)"),
    QuirkRow(
      "a state that is an object",
      calls(#"{"resultType":"input_required","requestState":{"a":1}}"#, done), "call URL add",
      output: "done", errors: "/requestState is not a string"),
    QuirkRow(
      "a kind of result nobody knows", calls(#"{"resultType":"banana","content":[]}"#),
      "call URL add", .protocolError, errors: "\"banana\""),
    QuirkRow(
      "no kind of result", calls(#"{"content":[{"type":"text","text":"x"}]}"#), "call URL add",
      output: "x", errors: "/resultType is missing"),
    QuirkRow(
      "headers refused twice",
      .stateless(["POST tools/call": [.rejected("400 Bad Request", code: -32020)]]),
      "call URL add", .protocolError, errors: "the tools were listed again", "error -32020",
      "Mcp-… headers"),
    QuirkRow(
      "a capability that is missing",
      .stateless([
        "POST tools/call": [
          .rejected(
            "400 Bad Request", code: -32021, data: #"{"requiredCapabilities":{"sampling":{}}}"#)
        ]
      ]), "call URL add", .inputRequired, errors: "error -32021", "sampling"),
    QuirkRow(
      "tools that mark what cannot be a header",
      .stateless([
        "POST tools/list": [
          .result(
            #"{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":["#
              + [#""Bad Name""#, #""""#, "5", #""A\r\nB""#].enumerated().map {
                #"{"name":"t\#($0.offset)","inputSchema":{"type":"object","properties":{"p":{"type":"string","x-mcp-header":\#($0.element)}}}}"#
              }.joined(separator: ",") + "]}")
        ]
      ]), output: "t0", "t3", "not callable here: x-mcp-header",
      errors: "tool \"t0\" cannot be called over HTTP", "tool \"t1\" cannot",
      "tool \"t2\" cannot", "tool \"t3\" cannot"),
  ]

  private static let times =
    #""createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":60000"#

  private static func task(
    _ members: String = #""status":"working","pollIntervalMs":1"#, _ states: String...
  ) -> QuirkRow.Server {
    .stateless([
      "POST tools/call": [.result(#"{"resultType":"task","taskId":"t1",\#(members),\#(times)}"#)],
      "POST tasks/get": states.map {
        .result(#"{"resultType":"complete","taskId":"t1",\#($0),\#(times)}"#)
      },
      "POST tasks/update": [.result(#"{"resultType":"complete"}"#)],
      "POST tasks/cancel": [.result(#"{"resultType":"complete"}"#)],
    ])
  }

  /// A task that is null beside an answer is none.
  static let plainAnswers: [QuirkRow] = [
    QuirkRow(
      "null for the task that it is not",
      .http([
        "POST tools/list": [
          .result(
            #"{"tools":[{"name":"add","inputSchema":{},"execution":{"taskSupport":"required"}}]}"#)
        ],
        "POST tools/call": [
          .result(#"{"task":null,"content":[{"type":"text","text":"plain"}]}"#)
        ],
      ]), "call URL add", output: "plain")
  ]

  private static let quick = #""status":"working","pollIntervalMs":1"#
  private static let ended =
    #""status":"completed","result":{"content":[{"type":"text","text":"done"}]}"#

  /// Calls that become tasks.
  static let tasks: [QuirkRow] = [
    QuirkRow(
      "a poll interval of 0", task(#""status":"working","pollIntervalMs":0"#, ended),
      "call URL add", output: "done"),
    QuirkRow(
      "no poll interval", task(#""status":"working""#, ended), "call URL add", output: "done"),
    QuirkRow(
      "a poll interval as a string", task(#""status":"working","pollIntervalMs":"50""#, ended),
      "call URL add", output: "done", errors: "/pollIntervalMs is a string"),
    QuirkRow("ended at once", task(ended, ended), "call URL add", output: "done"),
    QuirkRow(
      "completed without result", task(quick, #""status":"completed""#), "call URL add",
      .protocolError, errors: "/result is missing"),
    QuirkRow(
      "failed without a word", task(quick, #""status":"failed""#), "call URL add", .protocolError,
      errors: "the task failed"),
    QuirkRow(
      "failed with an error",
      task(quick, #""status":"failed","error":{"code":-32603,"message":"boom"}"#), "call URL add",
      .protocolError, errors: "error -32603: boom"),
    QuirkRow(
      "failed with the tool's own result",
      task(
        quick,
        #""status":"failed","result":{"content":[{"type":"text","text":"bad"}],"isError":true}"#),
      "call URL add", .failedAnswer, output: "bad"),
    QuirkRow(
      "cancelled by the server", task(quick, #""status":"cancelled","statusMessage":"by admin""#),
      "call URL add", .unreachable, errors: "the task was cancelled: by admin"),
    QuirkRow(
      "a state nobody knows", task(quick, #""status":"paused","pollIntervalMs":1"#, ended),
      "call URL add", output: "done", errors: "unknown value \"paused\""),
    QuirkRow(
      "forgotten before its end",
      .stateless([
        "POST tools/call": [
          .result(#"{"resultType":"task","taskId":"t1",\#(quick),\#(times)}"#)
        ], "POST tasks/get": [.error(#"{"code":-32602,"message":"no such task"}"#)],
      ]), "call URL add", .protocolError, errors: "tasks/get", "no such task"),
    QuirkRow(
      "input wanted while it works on",
      task(
        quick, #""status":"input_required","inputRequests":{"k":\#(question)},"pollIntervalMs":1"#,
        quick, ended), "call URL add --answers a", output: "done", files: sheet),
    QuirkRow(
      "input wanted and not said what",
      task(
        quick, #""status":"input_required","pollIntervalMs":1"#, ended), "call URL add",
      output: "done"),
    QuirkRow(
      "input wanted of nobody",
      task(quick, #""status":"input_required","inputRequests":{"k":\#(question)}"#),
      "call URL add", .inputRequired, errors: "elicitation/create: Who"),
    QuirkRow(
      "a task without id",
      calls(#"{"resultType":"task","status":"working"}"#), "call URL add", .protocolError,
      errors: "/taskId is missing"),
  ]
}

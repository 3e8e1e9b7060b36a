import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  /// Ids, responses, errors and progress.
  static let messages: [QuirkRow] = [
    QuirkRow(
      "an id with white space",
      .list(.init(stringLiteral: Reply.message.replacing("{id}", with: #"" {id}""#))),
      output: "add", errors: #"under the id " 2""#),
    QuirkRow(
      "an id as a fraction",
      .list(.init(stringLiteral: Reply.message.replacing("{id}", with: "{id}.0"))),
      output: "add", errors: "under the id 2.0"),
    QuirkRow(
      "an id beyond all numbers",
      .list(
        .init(
          stringLiteral: Reply.message.replacing(
            "{id}", with: "1" + String(repeating: "0", count: 40)))),
      output: "add", errors: "under the id 10000"),
    QuirkRow(
      "an id that is an object",
      .list(.init(stringLiteral: Reply.message.replacing("{id}", with: #"{"a":{id}}"#))),
      output: "add", errors: "the id is neither a string nor a number"),
    QuirkRow(
      "an answer to nobody before the right one",
      .list(
        .stream(
          "data: \(Reply.message.replacing("add", with: "wrong").replacing("{id}", with: "902"))\n\ndata: \(Reply.message)\n\n"
        )),
      output: "add", errors: "an answer came to 902, which was not asked", never: "wrong"),
    QuirkRow(
      "an answer to nobody and no other",
      .list(.stream("data: \(Reply.message.replacing("{id}", with: "902"))\n\n")),
      output: "add", errors: "call 2 was answered under the id 902"),
    QuirkRow(
      "an old answer again, the right one behind it, in a batch",
      .list(
        .init(stringLiteral: #"[{"jsonrpc":"2.0","id":1,"result":{}},\#(Reply.message)]"#)),
      output: "add", errors: "came as a batch"),
    QuirkRow(
      "an answer in a batch, wanted as JSON", .list(.init(stringLiteral: "[\(Reply.message)]")),
      "list tools URL --json", output: #"{"tools":[{"name":"add"#),
    QuirkRow(
      "an answer that repeats its question",
      .list(
        .init(
          stringLiteral: Reply.message.replacing(
            #""result""#, with: #""method":"tools/list","result""#))),
      output: "add", errors: "has a method and also a result"),
    QuirkRow(
      "a notification in the place of the answer",
      .list(#"{"jsonrpc":"2.0","method":"notifications/x"}"#), "list tools URL", .protocolError,
      errors: "broken answer from URL: the answer is JSON but no response"),
    QuirkRow(
      "an empty batch", .list("[]"), "list tools URL", .protocolError,
      errors: "the answer is JSON but no response"),
    QuirkRow(
      "a batch in a batch", .list(.init(stringLiteral: "[[\(Reply.message)]]")), "list tools URL",
      .protocolError, errors: "the answer is JSON but no response"),
    QuirkRow(
      "a result without its frame", .list(.init(stringLiteral: Reply.good)), "list tools URL",
      .protocolError, errors: "the answer is JSON but no response", #""name":"add""#),
    QuirkRow(
      "another service's answer", .list(#"{"message":"Missing Authentication Token"}"#),
      "list tools URL", .protocolError, errors: "Missing Authentication Token"),
    QuirkRow(
      "a result that is null", .list(.result("null")), "list tools URL", .protocolError,
      errors: "the value is null, not an object"),
    QuirkRow(
      "a code as a string", .list(.error(#"{"code":"-32601","message":"m"}"#)), "list tools URL",
      .protocolError, errors: "the error's code is not an integer", "error -32601: m"),
    QuirkRow(
      "a code that is a word", .list(.error(#"{"code":"ENOENT","message":"m"}"#)),
      "list tools URL", .protocolError, errors: "ENOENT", "an error without code: m"),
    QuirkRow(
      "a code beyond all numbers", .list(.error(#"{"code":1e400,"message":"m"}"#)),
      "list tools URL", .protocolError, errors: "an error without code: m"),
    QuirkRow(
      "an error that says it in its data",
      .list(.error(#"{"code":-32000,"message":"","data":"disk full"}"#)), "list tools URL",
      .protocolError, errors: "error -32000: disk full"),
    QuirkRow(
      "an error with more to it",
      .list(.error(#"{"code":-32603,"message":"m","data":{"trace":"t.py:3"}}"#)),
      "list tools URL", .protocolError, errors: #"the error's data: {"trace":"t.py:3"}"#,
      "error -32603: m"),
    QuirkRow(
      "an error of HTTP as a code", .list(.error(#"{"code":404,"message":"m"}"#)),
      "list tools URL", .protocolError, errors: "error 404: m"),
    QuirkRow(
      "a release candidate's code", .list(.error(#"{"code":-32004,"message":"m"}"#)),
      "list tools URL", .protocolError, errors: "error -32004: m", "release candidates"),
    QuirkRow(
      "resource not found, as it was before",
      .http(["POST resources/read": [.error(#"{"code":-32002,"message":"Resource not found"}"#)]]),
      "read URL a:b", .protocolError, errors: "error -32002: Resource not found"),
    QuirkRow(
      "resource not found, as it is now",
      .http(["POST resources/read": [.error(#"{"code":-32602,"message":"Resource not found"}"#)]]),
      "read URL a:b", .protocolError, errors: "error -32602: Resource not found"),
    QuirkRow(
      "a failure in a result", .call(.result(#"{"content":[],"isError":true}"#)), "call URL add",
      .failedAnswer),
    QuirkRow(
      "isError as a string",
      .call(.result(#"{"content":[{"type":"text","text":"boo"}],"isError":"true"}"#)),
      "call URL add", .failedAnswer, output: "boo", errors: "/isError is a string"),
    QuirkRow(
      "progress of every odd kind",
      .call(
        .stream(
          [
            #"{"progressToken":3,"progress":5,"total":3}"#, #"{"progressToken":3,"progress":1}"#,
            #"{"progressToken":"3","progress":2}"#, #"{"progressToken":"zz","progress":2}"#,
            #"{"progress":2}"#, #"{"progressToken":3}"#,
            #"{"progressToken":3,"progress":"50%","total":null}"#,
            #"{"progressToken":3,"progress":1e308,"total":0}"#,
          ].map {
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":\($0)}\n\n"
          }.joined() + #"data: {"jsonrpc":"2.0","id":{id},"result":{"content":[]}}"# + "\n\n"
            + #"data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":3,"progress":9}}"#
            + "\n\n")),
      "call URL add -v", output: "content", errors: "went from 5.0 to 1.0",
      "/progressToken is missing", "/progress is missing", "/progress is a string"),
    QuirkRow(
      "notifications that are none",
      .list(
        .stream(
          ##"data: {"jsonrpc":"2.0","method":5}"## + "\n\n"
            + #"data: {"jsonrpc":"2.0","method":"notifications/progress","params":[1]}"# + "\n\n"
            + #"data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}"# + "\n\n"
            + "data: {}\n\ndata: []\n\ndata: null\n\ndata: \(Reply.message)\n\n")),
      output: "add", errors: "the method is not a string", "/level is missing"),
  ]
}

import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  /// What a tool says of its arguments, in the idioms of every library.
  static let schemas: [QuirkRow] = [
    QuirkRow(
      "no schema", .tools(#"{"name":"add"}"#), "call URL add a=1", output: "called",
      errors: "/tools/0/inputSchema is missing"),
    QuirkRow(
      "a schema that is null", .schema("null"), "call URL add a=1", output: "called",
      errors: "/inputSchema is null"),
    QuirkRow(
      "[] for {}", .schema(#"{"type":"object","properties":[]}"#), "call URL add a=1",
      output: "called"),
    QuirkRow(
      "a schema that is []", .schema("[]"), "call URL add a=1", output: "called",
      errors: "/inputSchema is"),
    QuirkRow(
      "a schema as text", .schema(#""{}""#), "call URL add a=1", output: "called",
      errors: "/inputSchema is a string"),
    QuirkRow(
      "null for what is optional",
      .tools(
        #"{"name":"add","title":null,"description":null,"annotations":null,"icons":null,"_meta":null,"execution":null,"inputSchema":{"type":"object"}}"#
      ), "call URL add", output: "called"),
    QuirkRow(
      "properties and required are null",
      .schema(#"{"type":"object","properties":null,"required":null}"#), "call URL add a=1",
      output: "called"),
    QuirkRow(
      "required is one name",
      .schema(#"{"type":"object","properties":{"a":{"type":"string"}},"required":"a"}"#),
      "call URL add", output: "called"),
    QuirkRow(
      "a reference at the root",
      .schema(
        ##"{"$ref":"#/$defs/A","$defs":{"A":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}}}"##
      ), "call URL add", .usage, errors: "x is missing"),
    QuirkRow(
      "a list of types",
      .schema(#"{"type":["object","null"],"properties":{"x":{"type":["integer","null"]}}}"#),
      "call URL add x:=null", output: "called"),
    QuirkRow(
      "true for a schema", .schema("true"), "call URL add a=1", output: "called"),
    QuirkRow(
      "true and false for properties",
      .schema(#"{"type":"object","properties":{"a":true,"b":false}}"#), "call URL add a=1 b=1",
      .usage, errors: "b: is not allowed here"),
    QuirkRow(
      "draft-04",
      .schema(
        #"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","properties":{"n":{"type":"number","minimum":0,"exclusiveMinimum":true}}}"#
      ), "call URL add n=0", .usage, errors: "n: 0 must be more than 0"),
    QuirkRow(
      "draft-03's required",
      .schema(#"{"type":"object","properties":{"y":{"type":"string","required":true}}}"#),
      "call URL add y=1", output: "called"),
    QuirkRow(
      "draft-07",
      .schema(
        ##"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"x":{"$ref":"#/definitions/A"}},"definitions":{"A":{"type":"integer"}}}"##
      ), "call URL add x=a", .usage, errors: "'x' wants an integer"),
    QuirkRow(
      "nullable",
      .schema(#"{"type":"object","properties":{"s":{"type":"string","nullable":true}}}"#),
      "call URL add s:=null", output: "called"),
    QuirkRow(
      "not nullable",
      .schema(#"{"type":"object","properties":{"s":{"type":"string","nullable":false}}}"#),
      "call URL add s:=null", .usage, errors: "s: is null"),
    QuirkRow(
      "a reference to nowhere",
      .schema(##"{"type":"object","properties":{"a":{"$ref":"#/nowhere"}}}"##),
      "call URL add a=1", output: "called", errors: "the schema of 'add' is broken",
      "nothing known is at #/nowhere"),
    QuirkRow(
      "a reference to another server",
      .schema(#"{"type":"object","properties":{"a":{"$ref":"http://x.invalid/s.json"}}}"#),
      "call URL add a=1", output: "called", errors: "nothing known is at http://x.invalid/s.json"),
    QuirkRow(
      "a reference to itself", .schema(##"{"$ref":"#"}"##), "call URL add a=1", output: "called",
      errors: "refers to itself without end"),
    QuirkRow(
      "a type nobody knows",
      .schema(#"{"type":"objekt","properties":{"a":{"type":"any"}}}"#), "call URL add a=1",
      output: "called"),
    QuirkRow(
      "a pattern that is none",
      .schema(#"{"type":"object","properties":{"a":{"type":"string","pattern":"(("}}}"#),
      "call URL add a=1", output: "called"),
    QuirkRow(
      "an output schema to nowhere",
      .tools(
        #"{"name":"add","inputSchema":{"type":"object"},"outputSchema":{"$ref":"http://x.invalid"}}"#,
        calls: .result(#"{"content":[],"structuredContent":{"n":1}}"#)), "call URL add",
      output: "1", errors: "the tool's output schema is broken", never: "breaks"),
    QuirkRow(
      "an output schema that is not followed",
      .tools(
        #"{"name":"add","inputSchema":{"type":"object"},"outputSchema":{"type":"object","properties":{"n":{"type":"integer"}}}}"#,
        calls: .result(#"{"content":[],"structuredContent":{"n":"five"}}"#)), "call URL add",
      output: "five", errors: "breaks the tool's output schema: n: is a string"),
    QuirkRow(
      "an output schema and text alone",
      .tools(
        #"{"name":"add","inputSchema":{"type":"object"},"outputSchema":{"type":"object"}}"#),
      "call URL add", output: "called", errors: "answers without structured content"),
  ]

  /// What tools answer.
  static let results: [QuirkRow] = [
    QuirkRow(
      "an unknown content type",
      .call(.result(#"{"content":[{"type":"hologram","beam":7},{"type":"text","text":"t"}]}"#)),
      "call URL add", output: "hologram", "\"beam\": 7", "t"),
    QuirkRow("no content", .call(.result("{}")), "call URL add", errors: "/content is missing"),
    QuirkRow(
      "content that is a text", .call(.result(#"{"content":"plain"}"#)), "call URL add",
      output: "plain", errors: "/content is a string, not an array"),
    QuirkRow(
      "content that is one block", .call(.result(#"{"content":{"type":"text","text":"one"}}"#)),
      "call URL add", output: "one", errors: "/content is an object, not an array"),
    QuirkRow(
      "blocks that are none", .call(.result(#"{"content":["a",5,null]}"#)), "call URL add",
      output: "\"a\"", "5", errors: "/content/0 is a string"),
    QuirkRow(
      "a block without type", .call(.result(#"{"content":[{"text":"here"}]}"#)), "call URL add",
      output: "here", errors: "/content/0/type is missing"),
    QuirkRow(
      "text that is a number", .call(.result(#"{"content":[{"type":"text","text":51}]}"#)),
      "call URL add", output: "51"),
    QuirkRow(
      "an image without data", .call(.result(#"{"content":[{"type":"image","url":"x:y"}]}"#)),
      "call URL add", output: "x:y"),
    QuirkRow(
      "a link without address",
      .call(.result(#"{"content":[{"type":"resource_link","name":"n1"}]}"#)), "call URL add",
      output: "n1"),
    QuirkRow(
      "structured content alone",
      .call(.result(#"{"content":[],"structuredContent":{"a":"only"}}"#)), "call URL add",
      output: "only"),
    QuirkRow(
      "structured content that is a list",
      .call(.result(#"{"content":[],"structuredContent":[41,42]}"#)), "call URL add",
      output: "42"),
    QuirkRow(
      "the same twice",
      .call(
        .result(
          #"{"content":[{"type":"text","text":"{\"a\": \"once\"}"}],"structuredContent":{"a":"once"}}"#
        )), "call URL add", output: #"{"a": "once"}"#, never: "\n  \"a\""),
    QuirkRow(
      "the result of long ago", .call(.result(#"{"toolResult":{"a":"old"}}"#)), "call URL add",
      output: "old"),
    QuirkRow(
      "terminal sequences, marks of direction, tags, a hyperlink",
      .call(
        .text(
          #"\u001b[31mred \u001b]8;;http://x\u0007l \u202eabc \u200b \udb40\udc41 ![i](http://y)"#
        )), "call URL add", output: "red", "abc", "![i](http://y)", never: "\u{1B}", "\u{202E}",
      "\u{200B}", "\u{E0041}"),
    QuirkRow(
      "half a surrogate pair", .call(.text(#"a\ud800b"#)), "call URL add", output: "a\u{FFFD}b",
      errors: "half of a surrogate pair"),
    QuirkRow(
      "names in every shape",
      .tools(
        [
          "a.b/c d", "ünï", "x1", "x1", "", #"\u001b[2Jz"#, #"b\nc"#,
          String(repeating: "n", count: 200),
        ]
        .map { #"{"name":"\#($0)","inputSchema":{}}"# }.joined(separator: ",")),
      "list tools URL", output: "a.b/c d", "ünï", "x1  ()\nx1  ()",
      String(repeating: "n", count: 200), never: "\u{1B}", "b\nc"),
    QuirkRow(
      "a name with spaces is called", .tools(#"{"name":"a.b/ü","inputSchema":{}}"#),
      "call URL a.b/ü", output: "called"),
    QuirkRow(
      "contents that are none",
      .http(["POST resources/read": [.result(#"{"contents":{"a":"x"}}"#)]]),
      "read URL a:b", output: "\"x\"", errors: "/contents is an object, not an array"),
    QuirkRow(
      "a message whose content is a text",
      .http([
        "POST prompts/get": [.result(#"{"messages":[{"role":"system","content":"hello"}]}"#)]
      ]), "prompt URL p", output: "system:", "hello"),
  ]

  private static func page(_ name: String, _ cursor: String) -> Reply {
    .result(#"{"tools":[{"name":"\#(name)","inputSchema":{}}],"nextCursor":\#(cursor)}"#)
  }

  /// Lists of many pages.
  static let pages: [QuirkRow] = [
    QuirkRow(
      "an empty page with a cursor",
      .list(.result(#"{"tools":[],"nextCursor":"1"}"#), page("last", "null")), output: "last"),
    QuirkRow(
      "a cursor that is empty", .list(page("one", #""""#), page("two", "null")), output: "one",
      "two"),
    QuirkRow(
      "a cursor that is a number", .list(page("one", "1"), page("two", "null")), output: "one",
      errors: "/nextCursor is a number"),
    QuirkRow(
      "a cursor that is an object", .list(page("one", #"{"o":1}"#)), output: "one",
      errors: "/nextCursor is an object"),
    QuirkRow(
      "a long cursor with every character",
      .list(page("one", #""\#(String(repeating: #"ü\n\""#, count: 5000))""#), page("two", "null")),
      output: "one", "two"),
    QuirkRow(
      "a second page that fails",
      .list(page("one", #""b""#), .error(#"{"code":-32603,"message":"no more"}"#)),
      "list tools URL", .protocolError, output: "one", errors: "error -32603: no more"),
    QuirkRow(
      "a second page that is refused", .list(page("one", #""b""#), .status("500 X")),
      "list tools URL --json", .unreachable,
      output: #"{"tools":[{"name":"one","inputSchema":{}}]}"#,
      errors: "HTTP 500"),
    QuirkRow(
      "a second page that never comes", .list(page("one", #""b""#), .silence),
      "list tools URL --timeout 1", .timedOut, output: "one", errors: "no answer and no progress"),
    QuirkRow(
      "empty pages without end",
      .list(
        [.result(#"{"tools":[],"nextCursor":"0"}"#)]
          + (1..<200).map { .result(#"{"tools":[],"nextCursor":"\#($0)"}"#) }), output: "no tools",
      errors: "tools/list gave 100 empty pages in a row; the list ends there"),
  ]
}

extension QuirkRow.Server {
  fileprivate static func list(_ replies: [OddServer.Reply]) -> QuirkRow.Server {
    .http(["POST tools/list": replies])
  }
}

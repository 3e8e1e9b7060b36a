import JSON
import MCPEras
import Testing

@Suite struct HeaderTests {
  @Test func `header values are written as the specification's examples`() {
    func check(_ text: String, _ header: String) {
      #expect(HeaderValue.encode(text) == header)
      #expect(HeaderValue.decode(header) == text)
    }
    check("us-west1", "us-west1")
    check("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?=")
    check(" padded ", "=?base64?IHBhZGRlZCA=?=")
    check("line1\nline2", "=?base64?bGluZTEKbGluZTI=?=")
    check("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=")
    check("tab\tinside", "=?base64?dGFiCWluc2lkZQ==?=")
    check("inner space", "inner space")
    check("", "")
    check("\r\nX-Evil: 1", "=?base64?DQpYLUV2aWw6IDE=?=")
    check("=?base64?=", "=?base64?=")
  }

  @Test func `other types have their plain forms`() {
    #expect(HeaderValue.encode(JSON.bool(true)) == "true")
    #expect(HeaderValue.encode(JSON.bool(false)) == "false")
    #expect(HeaderValue.encode(42 as JSON) == "42")
    #expect(HeaderValue.encode(JSON.null) == nil)
    #expect(HeaderValue.encode([1] as JSON) == nil)
  }

  @Test func `a broken base64 header has no value`() {
    #expect(HeaderValue.decode("=?base64?SGVsbG8?=") == nil)
    #expect(HeaderValue.decode("=?base64?SGV%bG8=?=") == nil)
    #expect(HeaderValue.decode("=?base64?====?=") == nil)
    #expect(HeaderValue.decode("SGVsbG8=?=") == "SGVsbG8=?=")
  }

  @Test func `marked parameters become headers, nested ones too`() {
    let plan = MirrorPlan(schema: [
      "type": "object",
      "properties": [
        "region": ["type": "string", "x-mcp-header": "Region"],
        "dry": ["type": "boolean", "x-mcp-header": "Dry-Run"],
        "n": ["type": "integer", "x-mcp-header": "Count"],
        "deep": [
          "type": "object",
          "properties": ["id": ["type": "string", "x-mcp-header": "Deep-Id"]],
        ],
        "plain": ["type": "string"],
      ],
    ])
    #expect(plan.faults == [])
    let headers = plan.headers(for: [
      "region": "", "dry": false, "n": 7, "deep": ["id": "ä"], "plain": "x",
    ])
    #expect(
      headers == [
        WireHeader("Mcp-Param-Region", ""), WireHeader("Mcp-Param-Dry-Run", "false"),
        WireHeader("Mcp-Param-Count", "7"), WireHeader("Mcp-Param-Deep-Id", "=?base64?w6Q=?="),
      ])
    #expect(plan.headers(for: ["region": .null]) == [])
    #expect(plan.headers(for: nil) == [])
    #expect(plan.headers(for: "not an object") == [])
  }

  @Test func `every invalid mark rejects the tool`() {
    func check(_ properties: JSON, _ reason: MirrorFault.Reason) {
      let plan = MirrorPlan(schema: ["type": "object", "properties": properties])
      #expect(plan.faults.map(\.reason) == [reason])
      #expect(!plan.isUsable)
    }
    func marked(_ name: JSON, _ type: JSON = "string") -> JSON {
      ["a": ["type": type, "x-mcp-header": name]]
    }
    check(marked(""), .empty)
    check(marked(5), .notString)
    check(marked("A B"), .notToken)
    check(marked("A:B"), .notToken)
    check(marked("Ä"), .notToken)
    check(marked("A\u{1}"), .notToken)
    check(marked("A", "object"), .type("object"))
    check(marked("A", "array"), .type("array"))
    check(marked("A", "null"), .type("null"))
    check(marked("A", "number"), .type("number"))
    check(marked("A", ["string", "null"]), .type(nil))
    check(["a": ["x-mcp-header": "A"]], .type(nil))
    check(
      [
        "a": ["type": "string", "x-mcp-header": "Same"],
        "b": ["type": "string", "x-mcp-header": "sAME"],
      ], .duplicate)
    check(
      ["a": ["type": "array", "items": ["type": "string", "x-mcp-header": "A"]]], .unreachable)
    check(["a": ["anyOf": [["type": "string", "x-mcp-header": "A"]]]], .unreachable)
    check(
      ["a": ["if": ["properties": ["b": ["type": "string", "x-mcp-header": "A"]]]]], .unreachable)
  }

  @Test func `a mark in data or in a property's name is none`() {
    let plan = MirrorPlan(schema: [
      "type": "object", "default": ["x-mcp-header": "A"],
      "properties": ["x-mcp-header": ["type": "string"]],
    ])
    #expect(plan.faults == [] && plan.parameters == [])
  }

  @Test func `a schema of any depth is walked safely`() {
    var schema: JSON = ["type": "string", "x-mcp-header": "Deep"]
    for _ in 0..<500 { schema = ["properties": ["a": schema]] }
    #expect(MirrorPlan(schema: schema).parameters == [])
    #expect(
      MirrorPlan(schema: ["$defs": ["x": ["type": "string", "x-mcp-header": "A"]]]).faults.count
        == 1)
  }
}

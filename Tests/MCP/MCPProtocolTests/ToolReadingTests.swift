import JSON
import MCPProtocol
import Testing

@Suite struct ToolReadingTests {
  @Test func `one bad tool does not lose the list`() {
    let page = ListPage<Tool>(
      [
        "tools": [
          ["name": "good", "inputSchema": ["type": "object"]], 5, ["description": "nameless"],
          ["name": "bare"], ["name": "icy", "inputSchema": [:], "icons": [["src": 1], [:]]],
        ],
        "nextCursor": "",
      ], items: "tools")
    #expect(page.items.map { $0.value?.name } == ["good", nil, nil, "bare", "icy"])
    #expect(page.items[1].raw == 5)
    #expect(page.items[0].issues == [])
    #expect(page.nextCursor == "")
    #expect(
      page.issues.map(\.description) == [
        "/tools/1 is a number, not an object", "/tools/2/name is missing",
        "/tools/2/inputSchema is missing", "/tools/3/inputSchema is missing",
        "/tools/4/icons/0/src is a number, not a string", "/tools/4/icons/1/src is missing",
      ])
  }

  @Test func `careless types are taken as they were meant, and told`() {
    func check(_ member: String, _ value: JSON, _ issue: String?, sourceLine: Int = #line) {
      var object: JSONObject = ["name": "t", "inputSchema": [:]]
      object[member] = value
      let tool = Decoded<Tool>(.object(object))
      #expect(tool.value?.name == "t")
      #expect(tool.issues.first?.description == issue, "line \(sourceLine)")
      #expect(tool.raw == .object(object))
    }
    check("description", .null, "/description is null, where it should be left out")
    check("description", 5, "/description is a number, not a string")
    check("annotations", [], "/annotations is [], where {} is meant")
    check(
      "annotations", ["readOnlyHint": "true"],
      "/annotations/readOnlyHint is a string, not a boolean")
    check("inputSchema", .null, "/inputSchema is null, where it should be left out")
    check("inputSchema", [], "/inputSchema is an array, not a schema")
    check("inputSchema", true, nil)
    check("outputSchema", ["type": "array"], nil)
    check(
      "execution", ["taskSupport": "maybe"],
      "/execution/taskSupport has the unknown value \"maybe\"")
    check("x-future", ["a": 1], nil)
    check("_meta", "x", "/_meta is a string, not an object")
    check("a/b~c", 1, nil)
  }

  @Test func `unknown members are named`() {
    let tool = Decoded<Tool>(["name": "t", "inputSchema": [:], "vendor": 1])
    #expect(tool.unknownKeys == ["vendor"])
  }

  @Test func `hints have the defaults of the specification`() {
    let none = ToolAnnotations()
    #expect(!none.isReadOnly && none.isDestructive && !none.isIdempotent && none.isOpenWorld)
    let reader = Decoded<ToolAnnotations>(["readOnlyHint": true]).value
    #expect(reader?.isDestructive == false && reader?.isIdempotent == true)
  }

  @Test func `a tool of our own is written by the same rows`() {
    var tool = Tool(name: "t", description: "d")
    tool.annotations = Decoded<ToolAnnotations>(["readOnlyHint": true]).value
    #expect(
      tool.json == [
        "name": "t", "description": "d", "inputSchema": ["type": "object"],
        "annotations": ["readOnlyHint": true],
      ])
    #expect(tool.json.object?.keys == ["name", "description", "inputSchema", "annotations"])
  }

  @Test func `absent null and empty structured content are three things`() {
    #expect(Decoded<ToolResult>(["content": []]).value?.structuredContent == Optional.none)
    #expect(
      Decoded<ToolResult>(["content": [], "structuredContent": .null]).value?.structuredContent
        == .some(.null))
    #expect(
      Decoded<ToolResult>(["content": [], "structuredContent": ""]).value?.structuredContent == "")
  }
}

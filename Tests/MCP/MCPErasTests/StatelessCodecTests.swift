import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Testing

@Suite struct StatelessCodecTests {
  private var context = CallContext(
    client: Implementation(name: "c", version: "1"),
    features: ClientFeatures(roots: true, elicitationForm: true, tasks: true), progressToken: 7)

  private let capabilities: JSON = [
    "roots": [:], "elicitation": ["form": [:]],
    "extensions": ["io.modelcontextprotocol/tasks": [:]],
  ]

  private func encoded(_ call: ClientCall, _ context: CallContext? = nil) -> EncodedCall? {
    codec(for: .v20260728)?.encode(call, context ?? self.context).value
  }

  private func read(_ result: JSON, of call: ClientCall) -> Outcome<ReceivedResult>? {
    codec(for: .v20260728)?.read(result, of: call)
  }

  private let toolCall = ClientCall.callTool(ToolCall(name: "t"))

  @Test func `every request describes itself`() {
    let call = encoded(.open)
    #expect(call?.method == "server/discover")
    #expect(
      call?.params == [
        "_meta": [
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientInfo": ["name": "c", "version": "1"],
          "io.modelcontextprotocol/clientCapabilities": capabilities, "progressToken": 7,
        ]
      ])
    #expect(
      call?.headers == [
        WireHeader("MCP-Protocol-Version", "2026-07-28"),
        WireHeader("Mcp-Method", "server/discover"),
      ])
    #expect(call?.opens == false)
  }

  @Test func `names are repeated in a header`() {
    func check(_ call: ClientCall, _ name: String?) {
      let header = encoded(call)?.headers.first { $0.name == "Mcp-Name" }
      #expect(header?.value == name)
    }
    check(.callTool(ToolCall(name: "my tool")), "my tool")
    check(.callTool(ToolCall(name: "wörk")), "=?base64?d8O2cms=?=")
    check(.getPrompt(name: "p", arguments: nil), "p")
    check(.readResource(uri: "a:b"), "a:b")
    check(.getTask(id: "t1"), "t1")
    check(.updateTask(id: "t1", answers: [:]), "t1")
    check(.cancelTask(id: "t1"), "t1")
    check(.listTools(cursor: nil), nil)
  }

  @Test func `marked arguments are repeated in headers`() {
    let schema: JSON = [
      "type": "object", "properties": ["r": ["type": "string", "x-mcp-header": "Region"]],
    ]
    let call = encoded(
      .callTool(ToolCall(name: "t", arguments: ["r": "eu"], inputSchema: schema)))
    #expect(
      call?.headers == [
        WireHeader("MCP-Protocol-Version", "2026-07-28"), WireHeader("Mcp-Method", "tools/call"),
        WireHeader("Mcp-Name", "t"), WireHeader("Mcp-Param-Region", "eu"),
      ])
  }

  @Test func `answers and state go only where they belong`() {
    var answering = context
    answering.inputResponses = ["k": ["action": "decline"]]
    answering.requestState = "s"
    let call = encoded(toolCall, answering)
    #expect(call?.params?["inputResponses"] == ["k": ["action": "decline"]])
    #expect(call?.params?["requestState"] == "s")
    #expect(encoded(.listTools(cursor: nil), answering)?.params?["requestState"] == nil)
    #expect(encoded(toolCall)?.params?.object?.keys == ["name", "_meta"])
  }

  @Test func `a log level rides on each request`() {
    var logging = context
    logging.logLevel = .warning
    let meta = encoded(toolCall, logging)?.params?["_meta"]
    #expect(meta?["io.modelcontextprotocol/logLevel"] == "warning")
    #expect(encoded(toolCall)?.params?["_meta"]?["io.modelcontextprotocol/logLevel"] == nil)
  }

  @Test func `a raw call may break the envelope on purpose`() {
    let call = encoded(
      .raw(
        method: "tools/list",
        params: ["_meta": ["io.modelcontextprotocol/protocolVersion": "v999"]]))
    #expect(call?.params?["_meta"]?["io.modelcontextprotocol/protocolVersion"] == "v999")
    #expect(encoded(.raw(method: "a/b", params: [1]))?.params == [1])
    #expect(encoded(.raw(method: "a/b", params: nil))?.params?["_meta"]?["progressToken"] == 7)
  }

  @Test func `results are sorted by their type`() {
    func check(_ result: JSON, _ expected: CallResult, issues: [String] = []) {
      guard case .ok(let received)? = read(result, of: toolCall) else {
        return #expect(Bool(false), "\(result) was not read")
      }
      #expect(received.result == expected)
      #expect(received.issues.map(\.description) == issues)
    }
    let done: JSON = ["resultType": "complete", "content": []]
    check(done, .complete(done))
    check(["content": []], .complete(["content": []]), issues: ["/resultType is missing"])
    check(
      [
        "resultType": "input_required", "requestState": "s",
        "inputRequests": ["k": ["method": "roots/list"]],
      ],
      .inputRequired(
        InputRound(
          requests: [InputRequest(key: "k", method: "roots/list", params: nil)], state: "s")))
    check(
      ["resultType": "input_required", "requestState": "s"],
      .inputRequired(InputRound(requests: [], state: "s")))
    check(
      ["resultType": "input_required"], .inputRequired(InputRound(requests: [], state: nil)),
      issues: ["/inputRequests is missing"])
    var state = TaskState()
    state.id = "t1"
    state.createdAt = "a"
    state.lastUpdatedAt = "b"
    state.pollInterval = 500
    check(
      [
        "resultType": "task", "taskId": "t1", "status": "working", "createdAt": "a",
        "lastUpdatedAt": "b", "ttlMs": .null, "pollIntervalMs": 500,
      ], .task(state))
  }

  @Test func `an unknown or misplaced result type is invalid and says so`() {
    func check(_ result: JSON, _ call: ClientCall, _ issue: String) {
      guard case .invalid(let issues)? = read(result, of: call) else {
        return #expect(Bool(false), "\(result) was read")
      }
      #expect(issues.last?.description == issue)
    }
    check(
      ["resultType": "hologram"], toolCall,
      "/resultType is \"hologram\", which this call cannot be answered with")
    check(
      ["resultType": "input_required", "requestState": "x"], .listTools(cursor: nil),
      "/resultType is \"input_required\", which this call cannot be answered with")
    check(
      ["resultType": 5], toolCall, "/resultType is \"5\", which this call cannot be answered with")
    check(["resultType": "task", "status": "working"], toolCall, "/ttlMs is missing")
  }

  @Test func `missing caching hints are noticed where they are required`() {
    guard
      case .ok(let received)? = read(
        ["resultType": "complete", "tools": []], of: .listTools(cursor: nil))
    else { return #expect(Bool(false)) }
    #expect(
      received.issues.map(\.description) == ["/ttlMs is missing", "/cacheScope is missing"])
  }

  @Test func `a discover result becomes a server's card`() {
    let final = codec(for: .v20260728)?.card(from: [
      "resultType": "complete", "supportedVersions": ["2026-07-28", "2025-11-25"],
      "capabilities": ["tools": [:]], "ttlMs": 1000, "cacheScope": "public",
      "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "s", "version": "2"]],
    ]).value
    #expect(final?.supported == [.v20260728, .v20251125])
    #expect(final?.info?.name == "s")
    #expect(final?.caching == CachingHints(ttl: 1000, scope: .isPublic))
    let candidate = codec(for: .v20260728)?.card(from: [
      "supportedVersions": ["2026-07-28"], "serverInfo": ["name": "rc", "version": "0"],
    ]).value
    #expect(candidate?.info?.name == "rc")
    guard case .invalid? = codec(for: .v20260728)?.card(from: ["tools": []]) else {
      return #expect(Bool(false))
    }
  }
}

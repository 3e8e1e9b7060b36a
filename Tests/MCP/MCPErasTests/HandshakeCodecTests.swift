import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Testing

@Suite struct HandshakeCodecTests {
  private let context = CallContext(
    client: Implementation(name: "c", version: "1"),
    features: ClientFeatures(
      roots: true, sampling: true, samplingTools: true, elicitationForm: true, elicitationURL: true,
      tasks: true), progressToken: 7, logLevel: .debug)

  private func encoded(_ version: ProtocolVersion, _ call: ClientCall) -> EncodedCall? {
    codec(for: version)?.encode(call, context).value
  }

  @Test func `initialize declares what the offered revision knows`() {
    func check(_ version: ProtocolVersion, _ capabilities: JSON) {
      let call = encoded(version, .open)
      #expect(call?.method == "initialize")
      #expect(call?.opens == true)
      #expect(
        call?.params == [
          "protocolVersion": .string(version.rawValue), "capabilities": capabilities,
          "clientInfo": ["name": "c", "version": "1"],
        ])
    }
    check(.v20241105, ["roots": ["listChanged": true], "sampling": [:]])
    check(.v20250326, ["roots": ["listChanged": true], "sampling": [:]])
    check(
      .v20250618, ["roots": ["listChanged": true], "sampling": [:], "elicitation": [:]])
    check(
      .v20251125,
      [
        "roots": ["listChanged": true], "sampling": ["tools": [:]],
        "elicitation": ["form": [:], "url": [:]],
      ])
  }

  @Test func `calls carry their parameters and a progress token`() {
    func check(_ call: ClientCall, _ method: String, _ params: JSON?) {
      let encoded = encoded(.v20251125, call)
      #expect(encoded?.method == method)
      #expect(encoded?.params == params)
      #expect(encoded?.headers == [])
    }
    let meta: JSON = ["progressToken": 7]
    check(.ping, "ping", nil)
    check(.listTools(cursor: nil), "tools/list", ["_meta": meta])
    check(.listTools(cursor: ""), "tools/list", ["cursor": "", "_meta": meta])
    check(.readResource(uri: "a:b"), "resources/read", ["uri": "a:b", "_meta": meta])
    check(.setLogLevel(.warning), "logging/setLevel", ["level": "warning", "_meta": meta])
    check(
      .callTool(ToolCall(name: "t")), "tools/call", ["name": "t", "_meta": meta])
    check(
      .callTool(ToolCall(name: "t", arguments: [:], task: TaskWish(ttl: 5))), "tools/call",
      ["name": "t", "arguments": [:], "task": ["ttl": 5], "_meta": meta])
    check(
      .complete(
        CompletionCall(reference: .prompt("p"), argument: "a", value: "v", context: ["b": "c"])),
      "completion/complete",
      [
        "ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "a", "value": "v"],
        "context": ["arguments": ["b": "c"]], "_meta": meta,
      ])
    check(.raw(method: "x/y", params: nil), "x/y", nil)
    check(.raw(method: "x/y", params: [1]), "x/y", [1])
  }

  @Test func `what a revision lacks is left out of its calls`() {
    let old = encoded(
      .v20250326,
      .complete(
        CompletionCall(reference: .prompt("p"), argument: "a", value: "v", context: ["b": "c"])))
    #expect(old?.params?["context"] == nil)
    let task = encoded(.v20250618, .callTool(ToolCall(name: "t", task: TaskWish())))
    #expect(task?.params?["task"] == nil)
  }

  @Test func `calls of another era are refused by name`() {
    func check(_ version: ProtocolVersion, _ call: ClientCall, _ method: String) {
      guard case .notInEra(let name)? = codec(for: version)?.encode(call, context) else {
        return #expect(Bool(false), "\(call) was encoded for \(version)")
      }
      #expect(name == method)
    }
    check(.v20251125, .listen(SubscriptionFilter()), "subscriptions/listen")
    check(.v20251125, .updateTask(id: "t", answers: [:]), "tasks/update")
    check(.v20250618, .getTask(id: "t"), "tasks/get")
    check(.v20260728, .ping, "ping")
    check(.v20260728, .setLogLevel(.info), "logging/setLevel")
    check(.v20260728, .subscribe(uri: "a:b"), "resources/subscribe")
    check(.v20260728, .taskResult(id: "t"), "tasks/result")
    check(.v20260728, .listTasks(cursor: nil), "tasks/list")
  }

  @Test func `an initialize result becomes a server's card`() {
    let card = codec(for: .v20251125)?.card(from: [
      "protocolVersion": "2025-03-26", "capabilities": ["tools": [:]],
      "serverInfo": ["name": "s", "version": "2"], "instructions": "be kind",
    ]).value
    #expect(card?.version == .v20250326)
    #expect(card?.info?.name == "s")
    #expect(card?.capabilities.tools == true)
    #expect(card?.instructions == "be kind")
    #expect(card?.issues == [])
  }

  @Test func `an initialize result without a version keeps what else it says`() {
    let broken = codec(for: .v20251125)?.card(from: ["capabilities": ["tools": [:]]]).value
    #expect(broken?.version == .v20251125 && broken?.capabilities.tools == true)
    #expect(broken?.issues.map(\.description).first == "/protocolVersion is missing")
    let none = codec(for: .v20251125)?.card(from: "no object")
    guard case .invalid(let issues)? = none else { return #expect(Bool(false)) }
    #expect(issues.map(\.description).first == "the value is a string, not an object")
    let careless = codec(for: .v20251125)?.card(from: [
      "protocolVersion": "2025-11-25", "capabilities": [], "serverInfo": .null,
    ]).value
    #expect(careless?.version == .v20251125)
    #expect(careless?.issues.count == 2)
  }

  @Test func `a call that asked for a task gets one`() {
    let task: JSON = [
      "task": [
        "taskId": "t1", "status": "working", "createdAt": "a", "lastUpdatedAt": "b", "ttl": .null,
      ]
    ]
    func kind(_ version: ProtocolVersion, _ call: ClientCall) -> CallResult? {
      codec(for: version)?.read(task, of: call).value?.result
    }
    guard
      case .task(let state)? = kind(
        .v20251125, .callTool(ToolCall(name: "t", task: TaskWish())))
    else { return #expect(Bool(false)) }
    #expect(state.id == "t1")
    #expect(kind(.v20251125, .callTool(ToolCall(name: "t"))) == .complete(task))
  }

  @Test func `notices are written, and refused out of their era`() {
    let codec = codec(for: .v20251125)
    #expect(
      codec?.encode(.cancelled(id: 3, reason: "enough")).value
        == RPCNotification(
          method: "notifications/cancelled", params: ["requestId": 3, "reason": "enough"]))
    #expect(
      codec?.encode(.initialized).value == RPCNotification(method: "notifications/initialized"))
    let modern = MCPEras.codec(for: .v20260728)
    guard case .notInEra? = modern?.encode(.initialized) else { return #expect(Bool(false)) }
    guard case .notInEra? = modern?.encode(.rootsChanged) else { return #expect(Bool(false)) }
  }
}

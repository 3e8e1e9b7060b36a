import JSON
import MCPProtocol
import Testing

@Suite struct ModelTests {
  @Test func `versions have an order only among the known`() {
    #expect(
      ProtocolVersion.known.map(\.rawValue) == [
        "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28",
      ])
    #expect(ProtocolVersion.v20250618.position == 2)
    #expect(ProtocolVersion(rawValue: "2099-01-01").position == nil)
  }

  @Test func `capabilities are declared by presence`() {
    let server = ServerCapabilities([
      "tools": [:], "prompts": ["listChanged": true], "resources": ["subscribe": false],
      "logging": .null, "completions": true,
    ])
    #expect(server.tools && !server.toolsListChanged)
    #expect(server.prompts && server.promptsListChanged)
    #expect(server.resources && !server.resourceSubscriptions)
    #expect(!server.logging && server.completions && !server.tasks)
  }

  @Test func `an empty elicitation capability means forms only`() {
    #expect(ClientCapabilities(["elicitation": [:]]).elicitationForm)
    #expect(!ClientCapabilities(["elicitation": [:]]).elicitationURL)
    #expect(!ClientCapabilities(["elicitation": ["url": [:]]]).elicitationForm)
    #expect(!ClientCapabilities().elicitationForm)
  }

  @Test func `both shapes of a task are read to one value`() {
    let times: [(String, JSON)] = [
      ("taskId", "t1"), ("status", "working"), ("createdAt", "2026-01-01T00:00:00Z"),
      ("lastUpdatedAt", "2026-01-01T00:00:01Z"),
    ]
    let core = JSON.object(JSONObject(times + [("ttl", 60000), ("pollInterval", 500)]))
    let flat = JSON.object(JSONObject(times + [("ttlMs", 60000), ("pollIntervalMs", 500)]))
    let (fromCore, coreIssues) = TaskShape.core.read(core)
    let (fromFlat, flatIssues) = TaskShape.flat.read(flat)
    #expect(fromCore == fromFlat && fromCore?.ttl == 60000 && fromCore?.pollInterval == 500)
    #expect(coreIssues == [] && flatIssues == [])
    #expect(fromCore.map { JSON.object(TaskShape.core.write($0)) } == core)
  }

  @Test func `a task without an end has a null time to live`() {
    let (state, issues) = TaskShape.flat.read([
      "taskId": "t", "status": "done?", "createdAt": "x", "lastUpdatedAt": "y", "ttlMs": .null,
    ])
    #expect(state?.ttl == nil)
    #expect(state?.status.isTerminal == false)
    #expect(issues.map(\.description) == ["/status has the unknown value \"done?\""])
  }

  @Test func `caching hints are clamped and private by default`() {
    func check(_ result: JSON, _ ttl: Int?, _ scope: CacheScope?, issues: Int = 0) {
      var reading = Reading()
      let hints = CachingHints.read(result, &reading)
      #expect(hints?.ttl == ttl)
      #expect(hints?.scope == scope)
      #expect(reading.issues.count == issues)
    }
    check([:], nil, nil)
    check(["ttlMs": 5, "cacheScope": "public"], 5, .isPublic)
    check(["ttlMs": -5], 0, .isPrivate, issues: 1)
    check(
      ["ttlMs": 999_999_999_999, "cacheScope": "team"], 86_400_000, CacheScope(rawValue: "team"),
      issues: 1)
    check(["ttlMs": "x", "cacheScope": "public"], 0, .isPublic, issues: 1)
  }

  @Test func `input requests are told apart by method and keep what is unknown`() {
    let form = InputRequest(
      key: "a", entry: ["method": "elicitation/create", "params": ["message": "Name?"]])
    guard case .elicitation(let asked) = form.kind else { return #expect(Bool(false)) }
    #expect(asked.value?.message == "Name?" && asked.value?.effectiveMode == .form)
    #expect(InputRequest(key: "b", entry: ["method": "roots/list"]).kind == .roots)
    #expect(InputRequest(key: "c", entry: 5).kind == .unknown)
  }

  @Test func `a declined elicitation has no content`() {
    #expect(ElicitationAnswer.decline.json == ["action": "decline"])
    #expect(ElicitationAnswer.accept(["a": 1]).json == ["action": "accept", "content": ["a": 1]])
  }

  @Test func `progress knows its fraction only with a sensible total`() {
    func fraction(_ json: JSON) -> Double? { Decoded<ProgressUpdate>(json).value?.fraction }
    #expect(fraction(["progressToken": 1, "progress": 5, "total": 10]) == 0.5)
    #expect(fraction(["progressToken": 1, "progress": 50, "total": 10]) == 1)
    #expect(fraction(["progressToken": 1, "progress": 5, "total": 0]) == nil)
    #expect(fraction(["progressToken": 1, "progress": 5]) == nil)
  }
}

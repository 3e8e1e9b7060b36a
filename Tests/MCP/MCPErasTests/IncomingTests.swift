import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Testing

@Suite struct IncomingTests {
  private func notice(
    _ version: ProtocolVersion, _ method: String, _ params: JSON? = nil
  ) -> ReceivedNotice? {
    codec(for: version)?.read(RPCNotification(method: method, params: params))
  }

  @Test func `notifications have a meaning even out of their era`() {
    func check(
      _ version: ProtocolVersion, _ method: String, _ params: JSON?, _ expected: ServerNotice,
      isInEra: Bool = true
    ) {
      let notice = notice(version, method, params)
      #expect(notice?.notice == expected)
      #expect(notice?.isInEra == isInEra, "\(method) \(version)")
    }
    check(.v20241105, "notifications/tools/list_changed", nil, .toolsChanged)
    check(
      .v20251125, "notifications/resources/updated", ["uri": "a:b"], .resourceUpdated(uri: "a:b"))
    check(.v20251125, "notifications/resources/updated", nil, .resourceUpdated(uri: nil))
    check(
      .v20250618, "notifications/elicitation/complete", ["elicitationId": "e"],
      .elicitationCompleted(id: "e"), isInEra: false)
    check(
      .v20251125, "notifications/subscriptions/acknowledged", ["notifications": [:]],
      .subscriptionAcknowledged(SubscriptionFilter()), isInEra: false)
    check(.v20251125, "notifications/initialized", nil, .unknown, isInEra: false)
    check(.v20251125, "notifications/vendor", ["a": 1], .unknown, isInEra: false)
    check(
      .v20251125, "notifications/cancelled", ["requestId": 4, "reason": "r"],
      .cancelled(id: 4, reason: "r"))
    check(.v20251125, "notifications/progress", [], .progress(Decoded([])))
  }

  @Test func `a listen stream's messages name their subscription`() {
    let notice = notice(
      .v20260728, "notifications/prompts/list_changed",
      ["_meta": ["io.modelcontextprotocol/subscriptionId": "sub"]])
    #expect(notice?.subscription == "sub")
  }

  @Test func `server requests are sorted, unknown and foreign ones named unsupported`() {
    func check(_ version: ProtocolVersion, _ method: String, _ expected: String) {
      let ask = codec(for: version)?.read(RPCRequest(id: 1, method: method, params: [:]))
      let word =
        switch ask {
        case .ping: "ping"
        case .input(let request): "input \(request.key) \(request.method)"
        case .unsupported, nil: "unsupported"
        }
      #expect(word == expected)
    }
    check(.v20241105, "ping", "ping")
    check(.v20241105, "roots/list", "input 1 roots/list")
    check(.v20241105, "elicitation/create", "unsupported")
    check(.v20250618, "elicitation/create", "input 1 elicitation/create")
    check(.v20251125, "sampling/createMessage", "input 1 sampling/createMessage")
    check(.v20251125, "tools/list", "unsupported")
    check(.v20251125, "tasks/get", "unsupported")
    check(.v20260728, "ping", "unsupported")
    check(.v20260728, "roots/list", "unsupported")
  }
}

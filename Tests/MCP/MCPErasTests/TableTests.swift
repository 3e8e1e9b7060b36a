import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Testing

@Suite struct TableTests {
  private let short: [ProtocolVersion: String] = [
    .v20241105: "24", .v20250326: "03", .v20250618: "06", .v20251125: "11", .v20260728: "26",
  ]

  @Test func `every feature has one row`() {
    #expect(Set(featureTable.map(\.feature)) == Set(Feature.allCases))
    #expect(featureTable.count == Feature.allCases.count)
    #expect(Feature.allCases.count < 64)
  }

  @Test func `features stand in the revisions the specification names`() {
    func check(_ feature: Feature, _ revisions: String) {
      let present = ProtocolVersion.known.filter { WireFeatures($0)?.has(feature) == true }
      #expect(present.compactMap { short[$0] }.joined(separator: " ") == revisions, "\(feature)")
    }
    check(.batches, "03")
    check(.versionHeader, "06 11 26")
    check(.sessionHeader, "24 03 06 11")
    check(.sessionEnding, "03 06 11")
    check(.headerMirroring, "26")
    check(.coreTasks, "11")
    check(.taskExtension, "26")
    check(.elicitation, "06 11 26")
    check(.elicitationError, "11")
    check(.structuredOutput, "06 11 26")
    check(.serverRequests, "24 03 06 11")
    check(.listen, "26")
    check(.streamPolling, "11")
  }

  @Test func `methods stand in the revisions the specification names`() {
    func check(_ name: String, _ revisions: String, _ kind: MethodRow.Kind = .request) {
      let present = ProtocolVersion.known.filter {
        MethodTable.row(name, in: $0, kind: kind) != nil
      }
      #expect(present.compactMap { short[$0] }.joined(separator: " ") == revisions, "\(name)")
    }
    check("initialize", "24 03 06 11")
    check("server/discover", "26")
    check("ping", "24 03 06 11")
    check("tools/call", "24 03 06 11 26")
    check("elicitation/create", "06 11")
    check("sampling/createMessage", "24 03 06 11")
    check("tasks/get", "11 26")
    check("tasks/result", "11")
    check("tasks/update", "26")
    check("subscriptions/listen", "26")
    check("nonsense", "")
    check("notifications/progress", "24 03 06 11 26", .notification)
    check("notifications/elicitation/complete", "11", .notification)
    check("notifications/roots/list_changed", "24 03 06 11", .notification)
    check("notifications/tasks", "26", .notification)
  }

  @Test func `no revision has two rows of one method by one sender`() {
    for version in ProtocolVersion.known {
      let rows = MethodTable.rows.filter { $0.isIn(version) }
      let names = rows.map { "\($0.kind) \($0.name)" }
      #expect(Set(names).count == names.count, "\(version)")
    }
  }

  @Test func `the newest shared version of an era is chosen`() {
    func check(_ era: Era, _ offered: [String], _ expected: ProtocolVersion?) {
      let versions = offered.map(ProtocolVersion.init(rawValue:))
      #expect(ProtocolVersion.newestShared(era, among: versions) == expected)
    }
    check(.stateless, ["2025-11-25", "2026-07-28", "2027-01-01"], .v20260728)
    check(.stateless, ["2025-11-25"], nil)
    check(.handshake, ["2024-11-05", "2025-06-18", "2026-07-28"], .v20250618)
    check(.handshake, ["1999-01-01"], nil)
    #expect(ProtocolVersion.newest(of: .handshake) == .v20251125)
    #expect(ProtocolVersion.newest(of: .stateless) == .v20260728)
  }

  @Test func `an error means something only where its shape fits`() {
    func check(_ code: Int, _ data: JSON?, _ expected: ErrorMeaning, stateless: Bool = false) {
      let meaning = ErrorMeaning(
        RPCError(code: RPCErrorCode(rawValue: code), message: "", data: data))
      #expect(meaning == expected)
      #expect(meaning.provesStateless == stateless)
    }
    check(
      -32022, ["supported": ["2026-07-28"]], .unsupportedVersion(supported: [.v20260728]),
      stateless: true)
    check(
      -32004, ["supported": ["2026-07-28"]], .unsupportedVersion(supported: [.v20260728]),
      stateless: true)
    check(-32022, ["supported": [1]], .other)
    check(-32022, nil, .other)
    check(
      -32021, ["requiredCapabilities": ["sampling": [:]]], .missingCapability(["sampling": [:]]),
      stateless: true)
    check(-32021, ["requiredCapabilities": ["sampling"]], .other)
    check(-32020, nil, .headerMismatch, stateless: true)
    check(-32001, nil, .other)
    check(-32003, nil, .other)
    check(-32002, ["uri": "a:b"], .resourceMissing(uri: "a:b"))
    check(-32602, ["uri": "a:b"], .resourceMissing(uri: "a:b"))
    check(-32602, nil, .other)
    check(-32601, nil, .methodMissing)
    check(
      -32042, ["elicitations": [["mode": "url", "message": "m", "url": "https://x"]]],
      .elicitationRequired([Decoded(["mode": "url", "message": "m", "url": "https://x"])]))
  }

  @Test func `a code out of its time is still explained`() {
    #expect(ErrorTable.row(for: -32002, in: .v20251125)?.name == "ResourceNotFound")
    #expect(ErrorTable.row(for: -32002, in: .v20260728)?.name == "ResourceNotFound")
    #expect(ErrorTable.row(for: -32055, in: .v20260728) == nil)
  }
}

import EventLoop
import HTTPCore
import JSON
import TestSupport
import Testing

@testable import MCPServer

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct BatchTests {
  private nonisolated static let ping: JSON = ["jsonrpc": "2.0", "id": 1, "method": "ping"]
  private nonisolated static let old: JSON = ["jsonrpc": "1.0", "id": 2, "method": "ping"]

  struct Row: Sendable {
    var messages: JSON
    var codes: [Int?]
    var ids: [JSON]
    var status = 200
  }

  private nonisolated static let rows: [Row] = [
    Row(messages: [ping, old], codes: [nil, -32600], ids: [1, 2]),
    Row(messages: [ping, 1], codes: [nil, -32600], ids: [1, .null]),
    Row(
      messages: [ping, ["jsonrpc": "2.0", "id": .null, "method": "ping"]],
      codes: [nil, -32600], ids: [1, .null]),
    Row(messages: [ping, ping], codes: [nil, nil], ids: [1, 1]),
    Row(messages: [1], codes: [-32600], ids: [.null], status: 400),
    Row(messages: [old], codes: [-32600], ids: [2], status: 400),
  ]

  private func check(_ answers: JSON, _ row: Row) {
    let found = (answers.array ?? []).sorted { ($0["id"]?.int ?? 9) < ($1["id"]?.int ?? 9) }
    #expect(found.map { $0["id"] ?? "none" } == row.ids, "\(row.messages.compact)")
    #expect(found.map(\.code) == row.codes, "\(row.messages.compact)")
  }

  @Test(arguments: rows)
  func `every element of a batch that wants an answer has one in the array`(_ row: Row) async throws
  {
    let talk = Talk(Sample.catalog, "2025-03-26")
    await talk.open()
    talk.forget()
    await talk.send(row.messages)
    #expect(talk.heard.count == 1)
    check(talk.heard.first ?? .null, row)
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-03-26")
    let answer = try await wire.send("POST", session.fields, row.messages.compact)
    #expect(answer.status == row.status)
    check(answer.json, row)
  }

  @Test func `a second opening in a batch is refused in the array`() async {
    let talk = Talk(Sample.catalog, "2025-03-26")
    await talk.open()
    talk.forget()
    await talk.send([
      Self.ping, ["jsonrpc": "2.0", "id": 3, "method": "initialize", "params": [:]],
    ])
    #expect(talk.heard.count == 1)
    check(
      talk.heard.first ?? .null, Row(messages: [], codes: [nil, -32600], ids: [1, 3]))
  }

  @Test func `a batch whose requests were all given up is not answered`() async throws {
    let call: JSON = [
      "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": ["name": "wait"],
    ]
    let cancel: JSON = [
      "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 7],
    ]
    let talk = Talk(Sample.catalog, "2025-03-26")
    await talk.open()
    talk.forget()
    await talk.send([call, cancel])
    #expect(!talk.heard.contains { $0.array != nil || $0 == .null || $0["id"] != nil })
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-03-26")
    let answer = try await wire.send("POST", session.fields, JSON.array([call, cancel]).compact)
    #expect(answer.fields["Content-Type"] == "text/event-stream")
    #expect(!answer.events.contains { $0.text.hasPrefix("[") || $0.text.isEmpty })
  }

  @Test(arguments: [("1999-01-01", -32022), ("2026-07-28", -32600)])
  func `a batch is held to its version header like a single message`(
    _ version: String, _ code: Int
  ) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-03-26")
    let fields = session.fields.overlaid(with: ["MCP-Protocol-Version": version])
    let answer = try await wire.send("POST", fields, JSON.array([Self.ping]).compact)
    #expect(answer.status == 400)
    #expect(answer.json.code == code)
  }
}

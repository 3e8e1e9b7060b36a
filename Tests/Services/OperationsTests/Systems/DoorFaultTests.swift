import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON
import Keys
import TestSupport
import Testing

@testable import Operations

/// What goes wrong on purpose at the door, while the server runs.
@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct DoorFaultTests {
  private let scratch = ScratchFolder()

  @Test func `S8: each fault of the door is seen while it is on, and not after`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let key = try await stand.key(["read"])
    let rows: [(String, Int, String)] = [
      ("expired-key", 401, "invalid_token"), ("revoked-key", 401, "invalid_token"),
      ("wrong-scope", 403, "insufficient_scope"), ("rate-limit", 429, "30"),
      ("malformed-json", 200, "application/json"), ("wrong-content-type", 200, "text/html"),
    ]
    for (fault, status, word) in rows {
      try stand.serving.faults.set(fault, to: true)
      let answer = try await stand.call("alumia_get_balance", [:], key.bearer)
      #expect(answer.status == status, "\(fault)")
      let head = ["WWW-Authenticate", "Retry-After", "Content-Type"].compactMap {
        answer.fields[$0]
      }
      #expect(head.joined(separator: " ").contains(word), "\(fault): \(head)")
      try stand.serving.faults.set(fault, to: false)
      #expect(try await stand.call("alumia_get_balance", [:], key.bearer).status == 200)
    }
    try stand.serving.faults.set("dropped-stream", to: true)
    await #expect(throws: HTTPError.self) {
      _ = try await stand.call("alumia_get_balance", [:], key.bearer)
    }
    await stand.close()
  }

  @Test func `S8: a lost session is gone for good, and a new one works`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let key = try await stand.key(["read"])
    let first = try await open(stand, key)
    try stand.serving.faults.set("session-lost", to: true)
    #expect(try await call(stand, key, in: first).status == 404)
    let second = try await open(stand, key)
    #expect(try await call(stand, key, in: second).status == 200)
    #expect(try await call(stand, key, in: first).status == 404)
    await stand.close()
  }

  private func open(_ stand: SystemStand, _ key: MintedKey) async throws -> String {
    let body =
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#
    let answer = try await SystemStand.send(
      "POST", stand.url, Self.fields.overlaid(with: key.bearer), Array(body.utf8))
    let session = try #require(answer.fields["Mcp-Session-Id"])
    let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
    _ = try await SystemStand.send(
      "POST", stand.url, Self.fields.overlaid(with: key.bearer).overlaid(with: of(session)),
      Array(note.utf8))
    return session
  }

  private func call(
    _ stand: SystemStand, _ key: MintedKey, in session: String
  ) async throws -> SystemStand.Answer {
    let body =
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"alumia_get_balance"}}"#
    return try await SystemStand.send(
      "POST", stand.url, Self.fields.overlaid(with: key.bearer).overlaid(with: of(session)),
      Array(body.utf8))
  }

  private func of(_ session: String) -> HTTPFields {
    ["Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-06-18"]
  }

  private static let fields: HTTPFields = [
    "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
  ]

  @Test func `another program switches the faults of a running server`() async throws {
    let stand = try await SystemStand.open("alloy-projects", scratch) {
      $0.faults = ["token-expired"]
    }
    let key = try await stand.key(["read", "write"])
    let file = FaultFile(stand.folder)
    #expect(file.active(of: "alloy-projects") == ["token-expired"])
    let expired = try await stand.call("ping", [:], key.bearer)
    #expect(expired.complaint.contains("unauthorized (401)"))
    try file.set(["role-denied", "no such fault"], of: "alloy-projects")
    #expect(try await stand.call("ping", [:], key.bearer).complaint == "")
    let denied = try await stand.call("create_tag", ["name": "x"], key.bearer)
    #expect(denied.complaint.contains("your role may view this"))
    try file.set(["no-tools"], of: "alloy-projects")
    let list = try await stand.ask("tools/list", [:], key.bearer)
    #expect(list.json["result"]?["tools"] == [])
    await stand.close()
  }
}

import EventLoop
import HTTP
import HTTPCore
import JSON
import TestSupport
import Testing

@testable import MCPServer

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct VersionHeaderTests {
  struct Row: Sendable {
    var values: [String]
    var status: Int
  }

  @Test(arguments: [
    Row(values: ["1999-01-01"], status: 400), Row(values: ["2026-07-28"], status: 405),
    Row(values: ["2025-06-18", "1999-01-01"], status: 400),
  ])
  func `a session is neither listened to nor ended under another version`(_ row: Row) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-06-18")
    var fields: HTTPFields = ["Accept": "text/event-stream"]
    fields["Mcp-Session-Id"] = session.fields["Mcp-Session-Id"]
    for value in row.values { fields.append("MCP-Protocol-Version", value) }
    for method in ["GET", "DELETE"] {
      let answer = try await wire.begin(method, fields).head()
      #expect(answer.status == row.status, "\(method) \(row.values)")
    }
    #expect(try await wire.ask("ping", session: session).status == 200)
  }

  @Test(arguments: ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"], ["other", nil])
  func `a header that is there twice is refused, whatever it says`(
    _ name: String, _ second: String?
  ) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let known = [
      "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "add",
    ]
    var twice = HTTPFields()
    for value in [known[name] ?? "", second ?? known[name] ?? ""] { twice.append(name, value) }
    let answer = try await wire.alone(
      "tools/call", ["name": "add", "arguments": ["a": 1, "b": 2]], fields: twice)
    #expect(answer.status == 400)
    #expect(answer.json.code == -32020)
  }

  @Test func `a version header that is there twice is refused to a session too`() async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-06-18")
    var twice = HTTPFields()
    for value in ["2025-06-18", "1999-01-01"] { twice.append("MCP-Protocol-Version", value) }
    #expect(try await wire.ask("ping", session: session, twice).status == 400)
    #expect(try await wire.ask("ping", session: session).status == 200)
  }
}

import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend
import Testing

@testable import MockCatalogs

/// Every tool of every system, called well and badly.
@LoopActor @Suite(.timeLimit(.minutes(15))) struct ToolTableTests {
  private nonisolated static let systems = [
    "alumia", "alloy-sessions", "alloy-projects", "lumos", "allv",
  ]

  /// What must have happened before a call can work.
  private static let before = ["stop_timer": "start_timer"]

  @Test(arguments: systems)
  func `every schema is a valid one, described, and refuses unknown arguments`(
    _ name: String
  ) throws {
    let plan = try #require(CatalogRow.named(name)?.plan?())
    for row in plan.tools + plan.localTools {
      #expect(SchemaValidator(row.inputSchema.json).findings.isEmpty, "\(row.name)")
      #expect(SchemaValidator(row.output.json).findings.isEmpty, "\(row.name)")
      #expect(!row.title.isEmpty && row.summary.hasSuffix("."), "\(row.name)")
      for member in row.input {
        let words = member.schema.json["description"]?.string ?? ""
        #expect(!words.isEmpty, "\(row.name).\(member.key) is not described")
      }
      #expect(row.inputSchema.json["additionalProperties"] == false)
    }
    #expect(Set(plan.rows.map(\.name)).count == plan.rows.count)
    #expect(Set(plan.rows.map(\.route)).count == plan.rows.count, "two tools have one route")
  }

  @Test(arguments: systems)
  func `every tool works with its example and answers by its schema`(_ name: String) async throws {
    let bench = try SystemBench(name, local: true)
    for row in bench.plan.tools + bench.plan.localTools {
      try await bench.undoing {
        if let first = Self.before[row.name],
          let other = bench.plan.rows.first(where: { $0.name == first })
        {
          _ = await bench.call(first, try bench.plan.example(of: other, in: bench.world))
        }
        let arguments = try bench.plan.example(of: row, in: bench.world)
        let result = await bench.call(row.name, arguments)
        let text = JSON.object(arguments).compact
        #expect(result["isError"] != true, "\(row.name) \(text): \(result.compact.prefix(400))")
        #expect(result["structuredContent"] != nil, "\(row.name): \(result.compact.prefix(300))")
      }
    }
  }

  @Test(arguments: systems)
  func `a missing, wrong, huge or foreign argument is named and nothing changes`(
    _ name: String
  ) async throws {
    let bench = try SystemBench(name, local: true)
    for row in bench.plan.tools + bench.plan.localTools {
      let good = try bench.plan.example(of: row, in: bench.world)
      let before = row.effect == .reads ? [] : try bench.state()
      for member in row.input {
        for (kind, arguments) in Self.spoiled(good, member) {
          let complaint = await bench.complaint(row.name, arguments)
          #expect(
            complaint?.contains(member.key) == true,
            "\(row.name).\(member.key) \(kind): \(complaint ?? "no complaint")")
        }
      }
      if row.effect != .reads {
        #expect(try bench.state() == before, "\(row.name) changed something")
      }
    }
  }

  private static let huge = JSON.string(String(repeating: "x", count: 60_000))

  /// The good arguments with one of them spoiled in each way that fits it.
  private static func spoiled(
    _ good: JSONObject, _ member: SchemaMember
  ) -> [(String, JSONObject)] {
    var rows: [(String, JSONObject)] = []
    func with(_ kind: String, _ value: JSON?) {
      var arguments = good
      arguments[member.key] = value
      rows.append((kind, arguments))
    }
    let schema = member.schema.json
    if member.presence == .required { with("missing", nil) }
    with("wrong type", ["a": [["b": 1]]])
    let isText = schema["type"] == "string" || schema["type"]?[0] == "string"
    if isText { with("huge", huge) }
    if schema["format"] == "date" { with("no date", "2026-02-30") }
    if schema["enum"] != nil { with("not in the list", "'; DROP TABLE ticket; --") }
    if schema["minimum"] != nil { with("too small", -1) }
    if member.key.hasSuffix("_id") {
      with("unknown", "00000000-0000-4000-8000-000000000000")
      with("SQL", "' OR 1=1 --")
    }
    return rows
  }
}

import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import Testing

@testable import MockCatalogs

/// The names the public suite asks for, as literals: the suite is not at hand where these tests run.
@LoopActor @Suite(.timeLimit(.minutes(15))) struct ConformanceCatalogTests {
  private nonisolated static let tools = [
    "test_simple_text", "test_image_content", "test_audio_content", "test_embedded_resource",
    "test_multiple_content_types", "test_tool_with_logging", "test_tool_with_progress",
    "test_error_handling", "test_sampling", "test_elicitation",
    "test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums", "test_reconnection",
    "json_schema_2020_12_tool", "test_missing_capability", "test_streaming_elicitation",
    "test_logging_tool", "test_trigger_tool_change", "test_trigger_prompt_change",
    "test_input_required_result_elicitation", "test_input_required_result_sampling",
    "test_input_required_result_list_roots", "test_input_required_result_request_state",
    "test_input_required_result_multiple_inputs", "test_input_required_result_multi_round",
    "test_input_required_result_tampered_state", "test_input_required_result_capabilities",
    "greet", "slow_compute", "failing_job", "protocol_error_job", "confirm_delete", "multi_input",
    "test_tool_with_task",
  ]

  private let catalog: Catalog? = ConformanceCatalog.catalog

  @Test func `every fixture of the suite is there`() throws {
    let catalog = try #require(catalog)
    #expect(Set(catalog.tools.map(\.name)).isSuperset(of: Self.tools))
    #expect(catalog.tools.count == Set(catalog.tools.map(\.name)).count)
    #expect(
      catalog.resources.map(\.definition.uri) == [
        "test://static-text", "test://static-binary", "test://watched-resource",
        "test://example-resource",
      ])
    #expect(catalog.templates.map(\.definition.uriTemplate) == ["test://template/{id}/data"])
    #expect(
      catalog.prompts.map(\.name) == [
        "test_simple_prompt", "test_prompt_with_arguments", "test_prompt_with_embedded_resource",
        "test_prompt_with_image", "test_input_required_result_prompt",
      ])
  }

  @Test func `every schema of it is a valid one`() throws {
    for tool in try #require(catalog).tools {
      let schema = try #require(tool.definition.inputSchema)
      #expect(SchemaValidator(schema).findings.isEmpty, "\(tool.name)")
      #expect(schema["type"] == "object")
    }
  }

  @Test(arguments: tools)
  func `a fixture asks, answers or becomes a task, as the newest revision has it`(
    _ tool: String
  ) async throws {
    let clock = VirtualClock()
    let server = Server(
      try #require(catalog),
      surroundings: ServerSurroundings(clock: clock, seal: StateSeal { _ in [1] }))
    var answer = JSON.null
    let link = ServerLink(server, caller: .local) { bytes in
      do { answer = try JSON.parse(bytes) } catch { Issue.record("\(error)") }
    }
    link.receive(Self.call(tool))
    await clock.advance(by: .seconds(2))
    let kinds: [JSON] = ["complete", "input_required", "task"]
    #expect(kinds.contains(answer["result"]?["resultType"] ?? .null), "\(answer.compact)")
  }

  private static func call(_ tool: String) -> JSON {
    let arguments: JSON = [
      "name": "Ada", "message": "hello", "prompt": "hello", "filename": "x", "email": "a@b.c",
    ]
    let closed: JSON = ["name": "Ada", "email": "a@b.c"]
    return [
      "jsonrpc": "2.0", "id": 1, "method": "tools/call",
      "params": [
        "name": .string(tool),
        "arguments": tool == "json_schema_2020_12_tool" ? closed : arguments,
        "_meta": [
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": [
            "sampling": [:], "elicitation": [:], "roots": [:],
            "extensions": ["io.modelcontextprotocol/tasks": [:]],
          ],
        ],
      ],
    ]
  }
}

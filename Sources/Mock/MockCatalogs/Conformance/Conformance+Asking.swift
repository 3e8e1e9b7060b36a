import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  static let askingTools: [ServerTool] = [
    ServerTool(
      Tool(
        "test_sampling", "Has the client's model answer",
        input: .object([.string("prompt", .required, "What the model is asked")]))
    ) { invocation async throws in
      let answer = try await invocation.sample(
        question(invocation.text("prompt") ?? "", limit: 100))
      return .text("LLM response: \(answer.plainText)")
    },
    ServerTool(
      Tool(
        "test_elicitation", "Asks the user",
        input: .object([.string("message", .required, "What the user is asked")]))
    ) { invocation async throws in
      let form = Schema.object([
        .string("username", .required, "User's response"),
        .string("email", .required, "User's email address"),
      ])
      let answer = try await invocation.elicit(invocation.text("message") ?? "", form.json)
      return .text("User response: \(answer.json.compact)")
    },
    ServerTool(Tool("test_missing_capability", "Needs a client that samples")) {
      invocation async throws in
      let answer = try await invocation.sample(question("Say something", limit: 10))
      return .text(answer.plainText)
    },
    ServerTool(Tool("test_streaming_elicitation", "Asks the user while it runs")) {
      invocation async throws in
      let form = Schema.object([.string("name", .required)])
      let answer = try await invocation.elicit("What is your name?", form.json, key: "user_name")
      return .text("\(answer.action.rawValue)")
    },
    elicitation("test_elicitation_sep1034_defaults", "Asks with defaults", defaults),
    elicitation("test_elicitation_sep1330_enums", "Asks with choices of all kinds", choices),
  ]

  private static func elicitation(
    _ name: String, _ description: String, _ form: JSON
  ) -> ServerTool {
    ServerTool(Tool(name, description)) { invocation async throws in
      let answer = try await invocation.elicit("Please review these values", form)
      return .text(
        "Elicitation completed: action=\(answer.action.rawValue), "
          + "content=\(JSON.object(answer.content ?? JSONObject()).compact)")
    }
  }

  static func question(_ text: String, limit: Int) -> SamplingRequest {
    var message = SamplingMessage()
    message.content = SamplingContent([.text(text)])
    var request = SamplingRequest()
    request.messages = [Decoded(of: message)]
    request.maxTokens = limit
    return request
  }

  private static let defaults = Schema.object([
    .member("name", .optional, "User name", Schema.string.defaulting(to: "John Doe")),
    .integer("age", .optional, "User age", default: 30),
    .number("score", .optional, "User score", default: 95.5),
    .choice(
      "status", .optional, "User status", of: ["active", "inactive", "pending"],
      default: "active"),
    .boolean("verified", .optional, "Verification status", default: true),
  ]).json

  private static let titled: JSON = [
    ["const": "value1", "title": "First Option"], ["const": "value2", "title": "Second Option"],
    ["const": "value3", "title": "Third Option"],
  ]
  private static let plain: JSON = ["option1", "option2", "option3"]

  private static let choices: JSON = [
    "type": "object",
    "properties": [
      "untitledSingle": ["type": "string", "enum": plain],
      "titledSingle": ["type": "string", "oneOf": titled],
      "legacyEnum": [
        "type": "string", "enum": ["opt1", "opt2", "opt3"],
        "enumNames": ["Option One", "Option Two", "Option Three"],
      ],
      "untitledMulti": ["type": "array", "items": ["type": "string", "enum": plain]],
      "titledMulti": ["type": "array", "items": ["anyOf": titled]],
    ],
    "required": [],
  ]
}

extension SamplingAnswer {
  /// The text blocks alone.
  var plainText: String {
    content.blocks.compactMap { if case .text(let text) = $0.value?.kind { text } else { nil } }
      .joined(separator: " ")
  }
}

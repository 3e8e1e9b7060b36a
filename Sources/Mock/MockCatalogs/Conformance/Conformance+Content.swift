import JSON
import JSONSchema
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  /// A red pixel, and an empty sound: the smallest files of their kinds.
  static let pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
  static let silence = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA="

  static let image = ContentBlock(.image(Media(data: pixel, mimeType: "image/png")))
  static let audio = ContentBlock(.audio(Media(data: silence, mimeType: "audio/wav")))

  static func embedded(_ uri: String, _ mimeType: String, _ text: String) -> ContentBlock {
    ContentBlock(.resource(ResourceContents(uri: uri, mimeType: mimeType, text: text)))
  }

  static let contentTools: [ServerTool] = [
    // First, and callable without arguments: the header checks of the suite take the first tool.
    fixed(
      "test_simple_text", "Returns a simple text",
      [
        .text("This is a simple text response for testing.")
      ]),
    fixed("test_image_content", "Returns an image", [image]),
    fixed("test_audio_content", "Returns a sound", [audio]),
    fixed(
      "test_embedded_resource", "Returns an embedded resource",
      [
        embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")
      ]),
    fixed(
      "test_multiple_content_types", "Returns text, an image and a resource",
      [
        .text("Multiple content types test:"), image,
        embedded(
          "test://mixed-content-resource", "application/json", #"{"test":"data","value":123}"#),
      ]),
    ServerTool(Tool("test_error_handling", "Always fails")) { _ in
      .failure("This tool intentionally returns an error for testing")
    },
  ]

  private static func fixed(
    _ name: String, _ description: String, _ content: [ContentBlock]
  ) -> ServerTool {
    let result = ToolResult(content: content)
    return ServerTool(Tool(name, description, annotations: .readOnly)) { _ in result }
  }

  static let otherTools: [ServerTool] = [
    ServerTool(
      Tool(
        name: "json_schema_2020_12_tool", description: "Has a schema of many keywords",
        inputSchema: richSchema)
    ) { invocation in .text(JSON.object(invocation.arguments).compact) },
    ServerTool(
      Tool(
        "test_header_mirroring", "Repeats an argument that HTTP carries as a header too",
        input: .object([
          .member("value", .optional, "Any text", Schema.string.with("x-mcp-header", "Value"))
        ]))
    ) { invocation in .text(invocation.text("value") ?? "none") },
    ServerTool(Tool("greet", "Greets by name", input: .object([.string("name", .required)]))) {
      invocation in .text("Hello, \(invocation.text("name") ?? "")!")
    },
    ServerTool(Tool("test_trigger_tool_change", "Announces a change of the tools")) { invocation in
      invocation.registry.announce(.tools)
      return .text("announced")
    },
    ServerTool(Tool("test_trigger_prompt_change", "Announces a change of the prompts")) {
      invocation in
      invocation.registry.announce(.prompts)
      return .text("announced")
    },
  ]

  private static let richSchema: JSON = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": [
      "address": [
        "$anchor": "addressDef", "type": "object",
        "properties": ["street": ["type": "string"], "city": ["type": "string"]],
      ]
    ],
    "properties": richProperties,
    "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
    "if": [
      "properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"],
    ],
    "then": ["required": ["phone"]], "else": ["required": ["email"]],
    "additionalProperties": false,
  ]

  private static let richProperties: JSON = [
    "name": ["type": "string"], "address": ["$ref": "#/$defs/address"],
    "contactMethod": ["type": "string", "enum": ["phone", "email"]],
    "phone": ["type": "string"], "email": ["type": "string"],
  ]
}

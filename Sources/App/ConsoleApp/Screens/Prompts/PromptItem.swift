import JSON
import MCPProtocol
import SafeText

/// A prompt as the window lists it.
struct PromptItem: Sendable, Hashable {
  let prompt: Prompt
  let raw: JSON
  let issues: [ModelIssue]
  /// Its words hold characters that a reader does not see.
  let hasHidden: Bool

  init(_ raw: JSON) {
    let decoded = Decoded<Prompt>(raw)
    var prompt = decoded.value ?? Prompt()
    if decoded.value == nil { prompt.name = raw["name"]?.string ?? "" }
    self.prompt = prompt
    self.raw = raw
    issues = decoded.issues
    hasHidden = [prompt.name, prompt.title ?? "", prompt.description ?? ""]
      .contains { SafeText($0, .block).hasHidden }
  }

  var arguments: [PromptArgument] { prompt.arguments?.compactMap(\.value) ?? [] }

  /// Its arguments as a form: every one is a text.
  var schema: JSON {
    let properties = arguments.map { argument -> (String, JSON) in
      var schema: JSONObject = ["type": "string"]
      schema["title"] = argument.title.map(JSON.string)
      schema["description"] = argument.description.map(JSON.string)
      return (argument.name, .object(schema))
    }
    let required = arguments.filter { $0.isRequired == true }.map { JSON.string($0.name) }
    return [
      "type": "object", "properties": .object(JSONObject(properties)),
      "required": .array(required), "additionalProperties": false,
    ]
  }
}

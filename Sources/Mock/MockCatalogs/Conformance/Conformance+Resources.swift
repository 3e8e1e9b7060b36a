import JSON
import JSONSchema
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  static let resources: [ServerResource] = [
    text(
      "test://static-text", "Static Text Resource",
      "This is the content of the static text resource."),
    ServerResource(
      Resource(uri: "test://static-binary", name: "Static Binary Resource", mimeType: "image/png"),
      hints: lasting
    ) { invocation throws in
      [ResourceContents(uri: invocation.uri, mimeType: "image/png", blob: pixel)]
    },
    text("test://watched-resource", "Watched Resource", "Watched resource content"),
    text("test://example-resource", "Example Resource", "Example resource content"),
  ]

  private static let lasting = CachingHints(ttl: 60_000, scope: .isPublic)

  private static func text(_ uri: String, _ name: String, _ text: String) -> ServerResource {
    ServerResource(Resource(uri: uri, name: name, mimeType: "text/plain"), hints: lasting) {
      invocation throws in
      [ResourceContents(uri: invocation.uri, mimeType: "text/plain", text: text)]
    }
  }

  static let templates: [ServerTemplate] = [
    ServerTemplate(
      ResourceTemplate(
        "test://template/{id}/data", name: "Resource Template", "Data by id",
        mimeType: "application/json"),
      completers: ["id": .fixed(["123", "456", "789"])]
    ) { invocation in
      let id = invocation.variables["id"] ?? ""
      let data: JSON = [
        "id": .string(id), "templateTest": true, "data": .string("Data for ID: \(id)"),
      ]
      return [
        ResourceContents(uri: invocation.uri, mimeType: "application/json", text: data.compact)
      ]
    }
  ]

  static let prompts: [ServerPrompt] = [
    ServerPrompt(Prompt("test_simple_prompt", "A prompt without arguments")) { _ in
      PromptResult([(.user, .text("This is a simple prompt for testing."))])
    },
    ServerPrompt(
      Prompt(
        "test_prompt_with_arguments", "A prompt with two arguments",
        arguments: [
          PromptArgument("arg1", "First test argument", isRequired: true),
          PromptArgument("arg2", "Second test argument", isRequired: true),
        ]),
      completers: ["arg1": .fixed(["test1", "test2", "testing"]), "arg2": .fixed(["other"])]
    ) { invocation in
      let words = ["arg1", "arg2"].map { "\($0)='\(invocation.text($0) ?? "")'" }
      return PromptResult([
        (.user, .text("Prompt with arguments: " + words.joined(separator: ", ")))
      ])
    },
    ServerPrompt(
      Prompt(
        "test_prompt_with_embedded_resource", "A prompt with a resource in it",
        arguments: [
          PromptArgument("resourceUri", "The resource to embed", isRequired: true)
        ])
    ) { invocation in
      let uri = invocation.text("resourceUri") ?? ""
      return PromptResult([
        (.user, embedded(uri, "text/plain", "Embedded resource content for testing.")),
        (.user, .text("Please process the embedded resource above.")),
      ])
    },
    ServerPrompt(Prompt("test_prompt_with_image", "A prompt with an image")) { _ in
      PromptResult([(.user, image), (.user, .text("Please analyze the image above."))])
    },
    ServerPrompt(
      Prompt("test_input_required_result_prompt", "A prompt that asks before it is given")
    ) { invocation in
      let form = Schema.object([.string("context", .required)]).json
      let answer = try await invocation.elicit("What context?", form, key: "user_context")
      return PromptResult([(.user, .text("Context: \(answer.content?["context"]?.string ?? "")"))])
    },
  ]
}

package import JSON

/// A prompt as its server lists it.
package struct Prompt: Model {
  package var name = ""
  package var title: String?
  package var description: String?
  package var arguments: [Decoded<PromptArgument>]?
  package var icons: [Decoded<Icon>]?
  package var meta: JSONObject?

  package init() {}

  package var displayTitle: String { title ?? name }

  package static let fields: [Field<Prompt>] = [
    .key("name", \.name), .optional("title", \.title), .optional("description", \.description),
    .optional("arguments", \.arguments), .optional("icons", \.icons), .optional("_meta", \.meta),
  ]
}

/// One argument of a prompt; its value is always a string.
package struct PromptArgument: Model {
  package var name = ""
  package var title: String?
  package var description: String?
  package var isRequired: Bool?

  package init() {}

  package static let fields: [Field<PromptArgument>] = [
    .key("name", \.name), .optional("title", \.title), .optional("description", \.description),
    .optional("required", \.isRequired),
  ]
}

/// What a prompt expanded to.
package struct PromptResult: Model {
  package var description: String?
  package var messages: [Decoded<PromptMessage>] = []
  package var meta: JSONObject?

  package init() {}

  package static let fields: [Field<PromptResult>] = [
    .optional("description", \.description), .required("messages", \.messages),
    .optional("_meta", \.meta),
  ]
}

/// One message of an expanded prompt.
package struct PromptMessage: Model {
  package var role = Role.user
  package var content: Decoded<ContentBlock>?

  package init() {}

  package static let fields: [Field<PromptMessage>] = [
    .required("role", \.role), .required("content", \.content),
  ]
}

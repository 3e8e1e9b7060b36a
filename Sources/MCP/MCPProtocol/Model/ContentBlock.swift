package import JSON

/// A piece of content; a block of an unknown type is kept with its type's name.
package struct ContentBlock: PeerValue {
  package var kind: ContentKind
  package var annotations: Annotations?
  package var meta: JSONObject?

  package init(_ kind: ContentKind, annotations: Annotations? = nil, meta: JSONObject? = nil) {
    self.kind = kind
    self.annotations = annotations
    self.meta = meta
  }

  package static func text(_ text: String) -> ContentBlock { ContentBlock(.text(text)) }
}

/// The types of content; `unknown` is whatever a later revision or a broken server sends.
package enum ContentKind: Sendable, Hashable {
  case text(String)
  case image(Media)
  case audio(Media)
  case resource(ResourceContents)
  case resourceLink(Resource)
  case toolUse(ToolUse)
  case toolResult(ToolUseResult)
  case unknown(type: String?)
}

/// Base64 data with its media type.
package struct Media: Model {
  package var data = ""
  package var mimeType = ""

  package init() {}

  package init(data: String, mimeType: String) {
    self.data = data
    self.mimeType = mimeType
  }

  package static let fields: [Field<Media>] = [
    .key("data", \.data), .required("mimeType", \.mimeType),
  ]
}

/// A model's wish to use a tool, in sampling.
package struct ToolUse: Model {
  package var id = ""
  package var name = ""
  package var input: JSON?

  package init() {}

  package static let fields: [Field<ToolUse>] = [
    .key("id", \.id), .required("name", \.name), .required("input", \.input),
  ]
}

/// The answer to a tool use, in sampling.
package struct ToolUseResult: Model {
  package var toolUseId = ""
  package var content: [Decoded<ContentBlock>] = []
  package var structuredContent: JSON?
  package var isError: Bool?

  package init() {}

  package static let fields: [Field<ToolUseResult>] = [
    .key("toolUseId", \.toolUseId), .required("content", \.content),
    .optional("structuredContent", \.structuredContent), .optional("isError", \.isError),
  ]
}

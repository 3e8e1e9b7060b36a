package import JSON

/// A server's wish to have a model write something.
package struct SamplingRequest: Model {
  package var messages: [Decoded<SamplingMessage>] = []
  package var maxTokens: Int?
  package var systemPrompt: String?
  package var modelPreferences: ModelPreferences?
  package var includeContext: String?
  package var temperature: Double?
  package var stopSequences: [String]?
  package var metadata: JSONObject?
  package var tools: [Decoded<Tool>]?
  package var toolChoice: JSONObject?

  package init() {}

  package static let fields: [Field<SamplingRequest>] = [
    .required("messages", \.messages), .required("maxTokens", \.maxTokens),
    .optional("systemPrompt", \.systemPrompt), .optional("modelPreferences", \.modelPreferences),
    .optional("includeContext", \.includeContext), .optional("temperature", \.temperature),
    .optional("stopSequences", \.stopSequences), .optional("metadata", \.metadata),
    .optional("tools", \.tools), .optional("toolChoice", \.toolChoice),
  ]
}

/// Which model a server would like.
package struct ModelPreferences: Model {
  package var hints: [JSONObject]?
  package var costPriority: Double?
  package var speedPriority: Double?
  package var intelligencePriority: Double?

  package init() {}

  package var names: [String] { hints?.compactMap { $0["name"]?.string } ?? [] }

  package static let fields: [Field<ModelPreferences>] = [
    .optional("hints", \.hints), .optional("costPriority", \.costPriority),
    .optional("speedPriority", \.speedPriority),
    .optional("intelligencePriority", \.intelligencePriority),
  ]
}

/// A message to or from a model: one block, or from 2025-11-25 on several.
package struct SamplingMessage: Model {
  package var role = Role.user
  package var content = SamplingContent()

  package init() {}

  package static let fields: [Field<SamplingMessage>] = [
    .required("role", \.role), .required("content", \.content),
  ]
}

/// The blocks of a message; one block alone is written without an array, as all revisions understand it.
package struct SamplingContent: PeerValue {
  package var blocks: [Decoded<ContentBlock>]

  package init(_ blocks: [ContentBlock] = []) { self.blocks = blocks.map(Decoded.init(of:)) }

  package static func read(_ json: JSON, _ reading: inout Reading) -> SamplingContent? {
    var content = SamplingContent()
    if json.array != nil {
      content.blocks = [Decoded<ContentBlock>].read(json, &reading) ?? []
    } else {
      content.blocks = Decoded<ContentBlock>.read(json, &reading).map { [$0] } ?? []
    }
    return content
  }

  package var json: JSON { blocks.count == 1 ? blocks[0].raw : blocks.json }
}

/// What the model, or the user in its place, wrote.
package struct SamplingAnswer: Model {
  package var role = Role.assistant
  package var content = SamplingContent()
  package var model = ""
  package var stopReason: StopReason?

  package init() {}

  package init(text: String, model: String, stopReason: StopReason = .endTurn) {
    content = SamplingContent([.text(text)])
    self.model = model
    self.stopReason = stopReason
  }

  package static let fields: [Field<SamplingAnswer>] = [
    .required("role", \.role), .required("content", \.content), .required("model", \.model),
    .optional("stopReason", \.stopReason),
  ]
}

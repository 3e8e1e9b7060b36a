import EventLoop
package import MCPProtocol

/// A prompt as one value.
package struct ServerPrompt: Sendable {
  package var definition: Prompt
  package var scopes: [String]
  package var isVisible: (@Sendable (Caller) -> Bool)?
  /// Proposals by argument.
  package var completers: [String: Completer]
  package var handler: Handler<PromptResult>

  package var name: String { definition.name }

  package init(
    _ definition: Prompt, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil, completers: [String: Completer] = [:],
    render: @escaping @LoopActor (Invocation) async throws -> PromptResult
  ) {
    self.definition = definition
    self.scopes = scopes
    self.isVisible = isVisible
    self.completers = completers
    handler = .suspending(render)
  }
}

extension Prompt {
  package init(
    _ name: String, title: String? = nil, _ description: String, arguments: [PromptArgument] = []
  ) {
    self.init()
    self.name = name
    self.title = title
    self.description = description
    self.arguments = arguments.isEmpty ? nil : arguments.map(Decoded.init(of:))
  }
}

extension PromptArgument {
  package init(
    _ name: String, _ description: String, isRequired: Bool = false, title: String? = nil
  ) {
    self.init()
    self.name = name
    self.title = title
    self.description = description
    self.isRequired = isRequired
  }
}

extension PromptResult {
  package init(_ messages: [(Role, ContentBlock)], description: String? = nil) {
    self.init()
    self.description = description
    self.messages = messages.map { role, content in
      var message = PromptMessage()
      message.role = role
      message.content = Decoded(of: content)
      return Decoded(of: message)
    }
  }
}

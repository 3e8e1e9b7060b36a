import EventLoop
package import JSON
package import JSONSchema
package import MCPProtocol

/// A tool as one value: what is listed, who may call it, and what it does.
package struct ServerTool: Sendable {
  package var definition: Tool
  /// All of them are needed to call it.
  package var scopes: [String]
  /// Who sees it at all; nil means everyone. What one does not see, one cannot call.
  package var isVisible: (@Sendable (Caller) -> Bool)?
  package var task: TaskPolicy
  package var handler: Handler<ToolResult>

  package var name: String { definition.name }
  package var isMutating: Bool { !(definition.annotations?.isReadOnly ?? false) }

  /// A tool that answers at once.
  package init(
    _ definition: Tool, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil,
    answer: @escaping @LoopActor (Invocation) throws -> ToolResult
  ) {
    self.init(definition, scopes, isVisible, .never, .immediate(answer))
  }

  /// A tool that waits for something before it answers.
  package init(
    _ definition: Tool, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil, task: TaskPolicy = .never,
    run: @escaping @LoopActor (Invocation) async throws -> ToolResult
  ) {
    self.init(definition, scopes, isVisible, task, .suspending(run))
  }

  /// A tool that mostly answers at once; nil has it wait.
  package init(
    _ definition: Tool, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil,
    answer: @escaping @LoopActor (Invocation) throws -> ToolResult?,
    otherwise run: @escaping @LoopActor (Invocation) async throws -> ToolResult
  ) {
    self.init(definition, scopes, isVisible, .never, .either(answer, otherwise: run))
  }

  private init(
    _ definition: Tool, _ scopes: [String], _ isVisible: (@Sendable (Caller) -> Bool)?,
    _ task: TaskPolicy, _ handler: Handler<ToolResult>
  ) {
    self.definition = definition
    self.scopes = scopes
    self.isVisible = isVisible
    self.task = task
    self.handler = handler
    publish()
  }

  /// Says in the definition itself what a client may want to know before it calls.
  private mutating func publish() {
    if let support = task.support {
      var execution = ToolExecution()
      execution.taskSupport = support
      definition.execution = execution
    }
    guard !scopes.isEmpty else { return }
    var meta = definition.meta ?? JSONObject()
    meta[Self.scopesKey] = .array(scopes.map(JSON.string))
    definition.meta = meta
  }

  /// The key of `_meta` that lists the scopes a call needs.
  package static let scopesKey = "alidade/scopes"
}

/// Whether a tool's calls go on as tasks.
package enum TaskPolicy: Sendable, Hashable {
  case never
  /// From the start, where the client can follow one.
  case optional
  /// From the start, and not at all for clients that cannot follow one.
  case required
  /// When the handler says `continueAsTask`, where the client can follow one.
  case later

  var support: TaskSupport? {
    switch self {
    case .never: nil
    case .optional, .later: .optional
    case .required: .required
    }
  }
}

extension Tool {
  /// A definition from typed pieces.
  package init(
    _ name: String, title: String? = nil, _ description: String,
    input: Schema = .object([]), output: Schema? = nil, annotations: ToolAnnotations? = nil,
    icons: [Icon]? = nil
  ) {
    self.init(name: name, description: description, inputSchema: input.json)
    self.title = title
    outputSchema = output?.json
    self.annotations = annotations
    self.icons = icons.map { $0.map(Decoded.init(of:)) }
  }
}

extension ToolAnnotations {
  package static let readOnly = ToolAnnotations(readOnly: true)

  package init(
    readOnly: Bool? = nil, destructive: Bool? = nil, idempotent: Bool? = nil,
    openWorld: Bool? = nil
  ) {
    self.init()
    readOnlyHint = readOnly
    destructiveHint = destructive
    idempotentHint = idempotent
    openWorldHint = openWorld
  }
}

extension ToolResult {
  package static func text(_ text: String) -> ToolResult { ToolResult(content: [.text(text)]) }

  /// Structured output; the server adds the same as text where `text` is missing.
  package static func structured(_ value: JSON, text: String? = nil) -> ToolResult {
    ToolResult(content: text.map { [.text($0)] } ?? [], structured: value)
  }

  package static func failure(_ text: String) -> ToolResult {
    ToolResult(content: [.text(text)], isError: true)
  }
}

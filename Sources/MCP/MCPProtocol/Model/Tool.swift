package import JSON

/// A tool as its server lists it. Schemas are the server's own JSON, untouched.
package struct Tool: Model {
  package var name = ""
  package var title: String?
  package var description: String?
  package var icons: [Decoded<Icon>]?
  package var inputSchema: JSON?
  package var outputSchema: JSON?
  package var annotations: ToolAnnotations?
  package var execution: ToolExecution?
  package var meta: JSONObject?

  package init() {}

  package init(name: String, description: String? = nil, inputSchema: JSON = ["type": "object"]) {
    self.name = name
    self.description = description
    self.inputSchema = inputSchema
  }

  package var displayTitle: String { title ?? annotations?.title ?? name }
  package var taskSupport: TaskSupport { execution?.taskSupport ?? .forbidden }

  package static let fields: [Field<Tool>] = [
    .key("name", \.name), .optional("title", \.title), .optional("description", \.description),
    .optional("icons", \.icons), .schema("inputSchema", \.inputSchema, .required),
    .schema("outputSchema", \.outputSchema, .optional), .optional("annotations", \.annotations),
    .optional("execution", \.execution), .optional("_meta", \.meta),
  ]
}

extension Field {
  /// A JSON Schema: any JSON is kept, what cannot be a schema is reported.
  static func schema(
    _ name: String, _ path: any WritableKeyPath<Root, JSON?> & Sendable, _ need: Need
  ) -> Field {
    Field(
      name: name, need: need,
      read: { json, root, reading in
        if json.object == nil && json.bool == nil { reading.mismatch("a schema", json) }
        root[keyPath: path] = json
        return true
      },
      write: { $0[keyPath: path] })
  }
}

/// A server's claims about a tool: hints only, untrusted unless the server is trusted.
package struct ToolAnnotations: Model {
  package var title: String?
  package var readOnlyHint: Bool?
  package var destructiveHint: Bool?
  package var idempotentHint: Bool?
  package var openWorldHint: Bool?

  package init() {}

  package var isReadOnly: Bool { readOnlyHint ?? false }
  package var isDestructive: Bool { !isReadOnly && (destructiveHint ?? true) }
  package var isIdempotent: Bool { isReadOnly || (idempotentHint ?? false) }
  package var isOpenWorld: Bool { openWorldHint ?? true }

  package static let fields: [Field<ToolAnnotations>] = [
    .optional("title", \.title), .optional("readOnlyHint", \.readOnlyHint),
    .optional("destructiveHint", \.destructiveHint), .optional("idempotentHint", \.idempotentHint),
    .optional("openWorldHint", \.openWorldHint),
  ]
}

/// How a tool wants to be run.
package struct ToolExecution: Model {
  package var taskSupport: TaskSupport?

  package init() {}

  package static let fields: [Field<ToolExecution>] = [.optional("taskSupport", \.taskSupport)]
}

/// What a tool call returned; a tool's failure is such a result too.
package struct ToolResult: Model {
  package var content: [Decoded<ContentBlock>] = []
  package var structuredContent: JSON?
  package var isError: Bool?
  package var meta: JSONObject?

  package init() {}

  package init(content: [ContentBlock], structured: JSON? = nil, isError: Bool? = nil) {
    self.content = content.map(Decoded.init(of:))
    structuredContent = structured
    self.isError = isError
  }

  package static let fields: [Field<ToolResult>] = [
    .required("content", \.content), .optional("structuredContent", \.structuredContent),
    .optional("isError", \.isError), .optional("_meta", \.meta),
  ]
}

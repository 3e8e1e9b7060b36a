package import JSON

/// What is being completed: an argument of a prompt, or a variable of a URI template.
package enum CompletionReference: Sendable, Hashable {
  case prompt(String)
  case resource(template: String)

  package var json: JSON {
    switch self {
    case .prompt(let name): ["type": "ref/prompt", "name": .string(name)]
    case .resource(let template): ["type": "ref/resource", "uri": .string(template)]
    }
  }
}

/// Proposals for an argument's value.
package struct Completion: Model {
  package var values: [String] = []
  package var total: Int?
  package var hasMore: Bool?

  package init() {}

  /// The most values the protocol allows; what is over is a server's mistake.
  package static let limit = 100

  package static let fields: [Field<Completion>] = [
    .required("values", \.values), .optional("total", \.total), .optional("hasMore", \.hasMore),
  ]
}

/// The result of a completion request.
package struct CompletionResult: Model {
  package var completion = Completion()

  package init() {}

  package static let fields: [Field<CompletionResult>] = [.key("completion", \.completion)]
}

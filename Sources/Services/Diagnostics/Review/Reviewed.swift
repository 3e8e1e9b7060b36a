package import JSON

/// What a review looks at: the server's lists, and what other servers are known to offer.
package struct Reviewed: Sendable {
  package var tools: [JSON]
  package var prompts: [JSON]
  /// Names of the tools of other servers, by server.
  package var others: [(server: String, tools: Set<String>)]

  package init(
    tools: [JSON] = [], prompts: [JSON] = [], others: [(server: String, tools: Set<String>)] = []
  ) {
    self.tools = tools
    self.prompts = prompts
    self.others = others
  }

  /// Tools with their names, in their order.
  var named: [(name: String, tool: JSON)] {
    tools.map { ($0["name"]?.string ?? "(no name)", $0) }
  }
}

/// One thing that a review looks for: a row.
package struct ReviewRule: Sendable {
  package let id: String
  package let title: String
  let look: @Sendable (Reviewed) -> [Finding]

  init(_ id: String, _ title: String, look: @escaping @Sendable (Reviewed) -> [Finding]) {
    self.id = id
    self.title = title
    self.look = look
  }

  package static let all: [ReviewRule] = [
    .names, .descriptions, .schemas, .annotations, .cost, .hiddenText, .instructions, .shadows,
  ]

  /// Every finding of every rule; a rule that finds nothing says so.
  package static func review(_ reviewed: Reviewed) -> [Finding] {
    all.flatMap { rule in
      let found = rule.look(reviewed)
      return found.isEmpty ? [Finding(.ok, "\(rule.id)-ok", check: rule.id, rule.title)] : found
    }
  }
}

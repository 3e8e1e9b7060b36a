// Expansion happens late: when a connection is about to be made, never when a file is read.
extension ServerDefinition {
  /// The definition with every variable that has a value replaced by it.
  package func expanded(in scope: VariableScope) -> ExpandedServer {
    var uses: [VariableUse] = []
    let result = mapTexts { text, field in
      VariableText.pieces(of: text, in: dialect).map { piece in
        switch piece {
        case .literal(let literal): return literal
        case .reference(let reference):
          let (value, outcome) = value(of: reference, in: scope)
          uses.append(VariableUse(field: field, reference: reference, outcome: outcome))
          return value ?? reference.text
        }
      }.joined()
    }
    return ExpandedServer(definition: result, uses: uses)
  }

  /// Every reference with its field, nothing looked up: what a project's file would like to know.
  package var variableReferences: [(field: String, reference: VariableReference)] {
    references(in: dialect)
  }

  /// References that its own client would leave as they are.
  package var ignoredReferences: [(field: String, reference: VariableReference)] {
    let known = Set(references(in: dialect).map(\.reference))
    return references(in: .every).filter { !known.contains($0.reference) }
  }

  private func references(
    in dialect: VariableDialect
  ) -> [(field: String, reference: VariableReference)] {
    var found: [(field: String, reference: VariableReference)] = []
    _ = mapTexts { text, field in
      found += VariableText.references(in: text, dialect).map { (field, $0) }
      return text
    }
    return found
  }

  private func value(
    of reference: VariableReference, in scope: VariableScope
  ) -> (String?, VariableUse.Outcome) {
    let value: String? =
      switch reference.subject {
      case .environment(let name, _): scope.environment[name]
      case .input(let id): scope.inputs[id] ?? scope.environment[id]
      case .place(let name): scope.place(name)
      case .file, .foreign: nil
      }
    guard let fallback = fallback(of: reference) else {
      return (value, value == nil ? .unresolved : .resolved)
    }
    // As in shells, `:-` also steps in for an empty value.
    if let value, !value.isEmpty { return (value, .resolved) }
    return (fallback, .fallback)
  }

  private func fallback(of reference: VariableReference) -> String? {
    switch reference.subject {
    case .environment(_, let fallback): fallback
    case .input(let id): inputs.first { $0.id == id }?.fallback
    default: nil
    }
  }

  /// Every text that may hold variables, put through one function, in the order people read them.
  func mapTexts(_ change: (_ text: String, _ field: String) -> String) -> ServerDefinition {
    var result = self
    result.url = url.map { change($0, "url") }
    result.command = command.map { change($0, "command") }
    result.arguments = arguments.enumerated().map { change($1, "args[\($0)]") }
    result.headers = headers.map { NamedValue($0.name, change($0.value, "headers.\($0.name)")) }
    result.environment = environment.map { NamedValue($0.name, change($0.value, "env.\($0.name)")) }
    result.directory = directory.map { change($0, "cwd") }
    result.tls.authorities = tls.authorities.map { change($0, "cacert") }
    result.tls.certificate = tls.certificate.map { change($0, "cert") }
    result.tls.key = tls.key.map { change($0, "key") }
    return result
  }
}

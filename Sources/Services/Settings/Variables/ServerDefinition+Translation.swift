extension ServerDefinition {
  /// The same server with its variables in this program's own forms, for the catalog.
  ///
  /// Places are written out, because a catalog belongs to no workspace; inputs become environment variables.
  package func translated(workspace: String, home: String) -> ServerDefinition {
    let scope = VariableScope(environment: [:], home: home, workspace: workspace)
    var result = mapTexts { text, _ in
      VariableText.pieces(of: text, in: dialect).map { piece in
        switch piece {
        case .literal(let literal): literal
        case .reference(let reference): Self.translation(of: reference, in: scope, inputs)
        }
      }.joined()
    }
    result.dialect = .alidade
    result.inputs = []
    return result
  }

  private static func translation(
    of reference: VariableReference, in scope: VariableScope, _ inputs: [ConfigInput]
  ) -> String {
    switch reference.subject {
    case .environment(let name, let fallback): "${\(name)\(fallback.map { ":-\($0)" } ?? "")}"
    case .input(let id):
      "${\(variable(forInput: id))"
        + (inputs.first { $0.id == id }?.fallback.map { ":-\($0)" } ?? "") + "}"
    case .place(let name): scope.place(name) ?? "${\(name)}"
    case .file, .foreign: reference.text
    }
  }

  /// `api-key` is asked for as `API_KEY`.
  package static func variable(forInput id: String) -> String {
    let name = String(
      id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? Character($0.uppercased()) : "_" })
    return NamedValue.isVariableName(name) ? name : "_" + name
  }
}

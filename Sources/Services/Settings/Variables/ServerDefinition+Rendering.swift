// The way back: a definition of the catalog in the forms that another client expands.
extension ServerDefinition {
  /// The definition in another client's forms, and the references that the client has no form for.
  func rendered(for dialect: VariableDialect) -> (definition: ServerDefinition, lost: [String]) {
    var lost: [String] = []
    var result = mapTexts { text, _ in
      VariableText.pieces(of: text, in: self.dialect).map { piece in
        switch piece {
        case .literal(let literal): return literal
        case .reference(let reference):
          if let form = Self.form(of: reference, in: dialect) { return form }
          lost.append(reference.text)
          return reference.text
        }
      }.joined()
    }
    result.dialect = dialect
    return (result, lost)
  }

  private static func form(
    of reference: VariableReference, in dialect: VariableDialect
  ) -> String? {
    switch reference.subject {
    case .environment(let name, let fallback):
      if dialect.forms.contains(.braces) { return "${\(name)\(fallback.map { ":-\($0)" } ?? "")}" }
      return dialect.forms.contains(.env) && fallback == nil ? "${env:\(name)}" : nil
    case .input: return dialect.forms.contains(.input) ? reference.text : nil
    case .place(let name):
      // What one client calls a place is another's variable at best.
      return dialect.forms.contains(.places)
        ? reference.text
        : dialect.forms.contains(.braces) ? "${\(name)}" : nil
    case .file, .foreign: return nil
    }
  }
}

/// A text taken apart into what stands for itself and what stands for a variable.
enum VariableText {
  enum Piece: Hashable {
    case literal(String)
    case reference(VariableReference)
  }

  /// Names that clients give to places; all but the last two need no environment.
  static let places: Set<String> = [
    "workspaceFolder", "workspaceFolderBasename", "workspaceRoot", "workspacePath", "userHome",
    "pathSeparator", "/", "cwd", "extensionPath", "CLAUDE_PLUGIN_ROOT", "CLAUDE_PROJECT_DIR",
  ]

  static func pieces(of text: String, in dialect: VariableDialect) -> [Piece] {
    guard text.utf8.contains(where: { $0 == 0x24 || $0 == 0x7B }) else { return [.literal(text)] }
    var pieces: [Piece] = []
    var literal = ""
    var rest = text[...]
    while !rest.isEmpty {
      if let (reference, length) = reference(at: rest, in: dialect) {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        pieces.append(.reference(reference))
        rest = rest.dropFirst(length)
      } else {
        literal.append(rest.removeFirst())
      }
    }
    return literal.isEmpty && !pieces.isEmpty ? pieces : pieces + [.literal(literal)]
  }

  static func references(in text: String, _ dialect: VariableDialect) -> [VariableReference] {
    pieces(of: text, in: dialect).compactMap {
      if case .reference(let reference) = $0 { reference } else { nil }
    }
  }

  private typealias Found = (VariableReference, length: Int)

  private static func reference(at text: Substring, in dialect: VariableDialect) -> Found? {
    if text.hasPrefix("${") {
      guard let inner = braced(text.dropFirst(2)),
        let subject = subject(inner, dialect)
      else { return nil }
      return found(subject, text.prefix(inner.count + 3))
    }
    if text.first == "$", dialect.forms.contains(.dollar) {
      let name = text.dropFirst().prefix { NamedValue.isVariableName("A\($0)") }
      guard NamedValue.isVariableName(name) else { return nil }
      return found(.environment(String(name), fallback: nil), text.prefix(name.count + 1))
    }
    guard text.first == "{", let inner = braced(text.dropFirst()),
      let subject = bareSubject(inner, dialect)
    else { return nil }
    return found(subject, text.prefix(inner.count + 2))
  }

  private static func found(_ subject: VariableReference.Subject, _ text: Substring) -> Found {
    (VariableReference(subject: subject, text: String(text)), text.count)
  }

  /// What stands before the brace that closes, inner pairs skipped.
  private static func braced(_ text: Substring) -> Substring? {
    var depth = 0
    for index in text.indices {
      if text[index] == "{" { depth += 1 }
      guard text[index] == "}" else { continue }
      if depth == 0 { return text[..<index] }
      depth -= 1
    }
    return nil
  }

  private static func subject(
    _ inner: Substring, _ dialect: VariableDialect
  ) -> VariableReference.Subject? {
    let forms = dialect.forms
    if places.contains(String(inner)) {
      let isVariable = NamedValue.isVariableName(inner) && inner.hasPrefix("CLAUDE_")
      return forms.contains(.places) || forms.contains(.braces) && isVariable
        ? .place(String(inner)) : nil
    }
    if inner.hasPrefix("env:") {
      return forms.contains(.env) ? environment(inner.dropFirst(4)) : nil
    }
    if inner.hasPrefix("input:") {
      return forms.contains(.input) ? .input(String(inner.dropFirst(6))) : nil
    }
    if inner.hasPrefix("command:") || inner.hasPrefix("config:") {
      return forms.contains(.input) ? .foreign(String(inner)) : nil
    }
    return forms.contains(.braces) ? environment(inner) : nil
  }

  private static func environment(_ inner: Substring) -> VariableReference.Subject? {
    let end = inner.firstRange(of: ":-")
    let name = inner[..<(end?.lowerBound ?? inner.endIndex)]
    guard NamedValue.isVariableName(name) else { return nil }
    return .environment(String(name), fallback: end.map { String(inner[$0.upperBound...]) })
  }

  private static func bareSubject(
    _ inner: Substring, _ dialect: VariableDialect
  ) -> VariableReference.Subject? {
    if dialect.forms.contains(.bare) {
      if inner.hasPrefix("env:") { return environment(inner.dropFirst(4)) }
      if inner.hasPrefix("file:") { return .file(String(inner.dropFirst(5))) }
    }
    guard dialect.forms.contains(.curly), !inner.isEmpty,
      inner.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) })
    else { return nil }
    return .input(String(inner))
  }
}

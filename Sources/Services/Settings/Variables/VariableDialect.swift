/// The ways in which one client's configuration refers to variables.
package struct VariableDialect: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    /// `${NAME}` and `${NAME:-default}`
    case braces
    /// `${env:NAME}`
    case env
    /// `$NAME`
    case dollar
    /// `${input:id}`
    case input
    /// `${workspaceFolder}` and the other names of places
    case places
    /// `{env:NAME}` and `{file:path}`
    case bare
    /// `{name}`, a value that the user gives
    case curly
  }

  package let forms: Set<Form>

  package init(_ forms: Form...) { self.forms = Set(forms) }

  package static let alidade = VariableDialect(.braces, .env, .input, .places)
  package static let claudeCode = VariableDialect(.braces)
  package static let cursor = VariableDialect(.env, .places)
  package static let vsCode = VariableDialect(.env, .input, .places)
  package static let gemini = VariableDialect(.braces, .dollar, .places)
  package static let windsurf = VariableDialect(.env)
  package static let openCode = VariableDialect(.bare)
  /// Codex names variables in members of their own; the reader writes those as references.
  package static let codex = VariableDialect(.env)
  package static let goose = VariableDialect(.braces, .dollar)
  package static let cline = VariableDialect(.env, .places)
  package static let registry = VariableDialect(.curly)
  /// Texts that are taken as they stand.
  package static let none = VariableDialect()
  /// Every form, to find what a client would leave alone.
  static let every = VariableDialect(.braces, .env, .input, .places, .bare)
}

/// A reference to a variable, as it stands in a text.
package struct VariableReference: Sendable, Hashable {
  package enum Subject: Sendable, Hashable {
    case environment(String, fallback: String?)
    case input(String)
    case place(String)
    case file(String)
    /// A prefix that only the client itself can resolve: `${command:…}`, `${config:…}`.
    case foreign(String)
  }

  package let subject: Subject
  package let text: String

  /// The name to show and to ask for.
  package var name: String {
    switch subject {
    case .environment(let name, _), .input(let name), .place(let name), .file(let name),
      .foreign(let name):
      name
    }
  }
}

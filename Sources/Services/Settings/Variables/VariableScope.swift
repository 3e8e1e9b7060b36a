/// What variables stand for at the moment of expansion.
package struct VariableScope: Sendable {
  package var environment: [String: String]
  package var home: String
  /// The directory that `${workspaceFolder}` means.
  package var workspace: String
  /// Answers to `${input:id}`.
  package var inputs: [String: String]

  package init(
    environment: [String: String], home: String, workspace: String, inputs: [String: String] = [:]
  ) {
    self.environment = environment
    self.home = home
    self.workspace = workspace
    self.inputs = inputs
  }

  func place(_ name: String) -> String? {
    switch name {
    case "workspaceFolder", "workspaceRoot", "workspacePath", "cwd": workspace
    case "workspaceFolderBasename": workspace.split(separator: "/").last.map(String.init) ?? "/"
    case "userHome": home
    case "pathSeparator", "/": "/"
    case "CLAUDE_PROJECT_DIR": environment[name] ?? workspace
    default: environment[name]
    }
  }
}

/// One use of a variable in a definition and what became of it.
package struct VariableUse: Sendable, Hashable {
  package enum Outcome: String, Sendable, Hashable { case resolved, fallback, unresolved }

  /// `url`, `headers.Authorization`, `args[2]` …
  package let field: String
  package let reference: VariableReference
  package let outcome: Outcome

  /// What is missing, for the user.
  package var sentence: String {
    switch reference.subject {
    case .environment(let name, _): "\(field) needs the environment variable \(name)"
    case .input(let id): "\(field) asks for the input '\(id)'"
    case .place(let name): "\(field) needs the place \(name)"
    case .file(let path): "\(field) takes its value from the file \(path)"
    case .foreign(let text): "\(field) uses ${\(text)}, which only its own client knows"
    }
  }
}

/// A definition with its variables filled in, and an account of every one of them.
package struct ExpandedServer: Sendable {
  package let definition: ServerDefinition
  package let uses: [VariableUse]

  /// Uses that have no value; their text stands unchanged in the definition.
  package var unresolved: [VariableUse] { uses.filter { $0.outcome == .unresolved } }
}

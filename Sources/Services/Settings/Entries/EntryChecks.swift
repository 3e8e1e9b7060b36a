import SafeText

extension ServerDefinition {
  /// What will fail, leak, or still waits for the user, as far as the values alone tell.
  package var valueFindings: [ConfigFinding] {
    EntryChecks.findings(in: self, client: "alidade") { _ in nil }
  }
}

/// Looks at the values of a definition: what will fail, leak, or still waits for the user.
struct EntryChecks {
  let definition: ServerDefinition
  let client: String
  /// Where a field's value stands in the file.
  let place: (String?) -> TextPosition?
  private(set) var findings: [ConfigFinding] = []

  static func findings(
    in definition: ServerDefinition, client: String,
    place: @escaping (String?) -> TextPosition?
  ) -> [ConfigFinding] {
    var checks = EntryChecks(definition: definition, client: client, place: place)
    checks.checkAddress()
    checks.checkHeaders()
    checks.checkPlaceholders()
    checks.checkVariables()
    checks.checkSecrets()
    for found in KnownService.findings(in: definition) {
      checks.note(.error, .service(found.finding), found.field)
    }
    return checks.findings
  }

  private init(
    definition: ServerDefinition, client: String, place: @escaping (String?) -> TextPosition?
  ) {
    self.definition = definition
    self.client = client
    self.place = place
  }

  private mutating func note(
    _ severity: ConfigFinding.Severity, _ kind: ConfigFinding.Kind, _ field: String?
  ) {
    findings.append(
      ConfigFinding(severity, kind, server: definition.name, field: field, at: place(field)))
  }

  private mutating func checkAddress() {
    // A built-in system has no address before it runs.
    guard let url = definition.url, !url.hasPrefix("demo:") else { return }
    let isHTTP = url.hasPrefix("http://") || url.hasPrefix("https://") || url.hasPrefix("${")
    if let problem = isHTTP ? URLProblem.first(in: url) : .noHost {
      note(.error, .badURL(url, problem), "url")
    }
    if !definition.environment.isEmpty {
      note(
        .warning, .misplaced(what: "an environment", hint: "an address takes headers"), "env")
    }
  }

  private mutating func checkHeaders() {
    for header in definition.headers {
      let field = "headers.\(header.name)"
      if let problem = header.headerProblem { note(.error, .badHeader(problem), field) }
      for scheme in ["Bearer", "Basic"] where header.value.hasPrefix("\(scheme) \(scheme) ") {
        note(.error, .doubledScheme(scheme), field)
      }
    }
    guard definition.command != nil else { return }
    if !definition.headers.isEmpty {
      note(
        .error, .misplaced(what: "a header", hint: "a command takes its key from env or args"),
        "headers")
    }
    for name in ["Authorization", "X-API-Key", "X-MCP-API-Key"]
    where definition.environment.value(of: name) != nil {
      note(
        .error, .misplaced(what: "the header \(name)", hint: "env holds environment variables"),
        "env.\(name)")
    }
  }

  private mutating func checkPlaceholders() {
    _ = definition.mapTexts { text, field in
      if field != "url", let placeholder = Placeholder.first(in: text) {
        // A pasted key may be half a real one.
        let shown = placeholder.hasPrefix("<") ? placeholder : "this value"
        note(.warning, .placeholder(shown), field)
      }
      return text
    }
  }

  private mutating func checkVariables() {
    for (field, reference) in definition.ignoredReferences {
      note(.warning, .notExpanded(reference.text, client: client), field)
    }
    for (field, reference) in definition.variableReferences {
      if case .foreign = reference.subject { note(.warning, .notResolvable(reference.text), field) }
    }
  }

  private mutating func checkSecrets() {
    let secrets =
      definition.headers.filter { Masking.header($0) != $0.value && standsHere($0) }
      .map { "headers.\($0.name)" }
      + definition.environment.filter { Masking.variable($0) != $0.value && standsHere($0) }
      .map { "env.\($0.name)" }
    for field in secrets where definition.origin.trust == .project {
      note(.warning, .secretInProject, field)
    }
    let isPlain = definition.url?.hasPrefix("http://") ?? false
    if isPlain, !definition.isLoopback, let field = secrets.first {
      note(.warning, .secretWithoutTLS, field)
    }
  }

  /// Not where the value only refers to one that somebody else keeps.
  private func standsHere(_ value: NamedValue) -> Bool {
    VariableText.references(in: value.value, definition.dialect).isEmpty
  }
}

import JSON

extension Installer {
  static let codex = Installer(
    id: "codex", title: "Codex",
    userFiles: Importer.codex.locations.filter { $0.base != .project },
    projectFiles: Importer.codex.locations.filter { $0.base == .project },
    language: .toml, section: ["mcp_servers"], entry: codexEntry)

  /// Codex expands nothing; it has members of its own for what comes from the environment.
  @Sendable private static func codexEntry(_ definition: ServerDefinition) -> Entry {
    var entry = Entry(members: JSONObject())
    if let url = definition.url {
      entry.members["url"] = .string(url)
      add(headers: definition.headers, to: &entry)
    } else if let command = definition.command {
      entry.members["command"] = .string(command)
      entry.members["args"] = .array(definition.arguments.map(JSON.string))
      add(environment: definition.environment, to: &entry)
      if let directory = definition.directory { entry.members["cwd"] = .string(directory) }
    }
    if let timeout = definition.timeout {
      entry.members["tool_timeout_sec"] = .number(JSONNumber(timeout))
    }
    let texts = [definition.url, definition.command].compactMap(\.self) + definition.arguments
    for text in texts {
      entry.notes += VariableText.references(in: text, definition.dialect)
        .map { note($0.text, "Codex") }
    }
    return entry
  }

  private static func add(headers: [NamedValue], to entry: inout Entry) {
    var fixed = JSONObject(), named = JSONObject()
    for header in headers {
      if header.name.lowercased() == "authorization", header.value.hasPrefix("Bearer "),
        let name = variable(String(header.value.dropFirst(7)))
      {
        entry.members["bearer_token_env_var"] = .string(name)
      } else if let name = variable(header.value) {
        named[header.name] = .string(name)
      } else {
        fixed[header.name] = .string(header.value)
        if header.value.contains("${") { entry.notes.append(note(header.value, "Codex")) }
      }
    }
    if !fixed.isEmpty { entry.members["http_headers"] = .object(fixed) }
    if !named.isEmpty { entry.members["env_http_headers"] = .object(named) }
  }

  private static func add(environment: [NamedValue], to entry: inout Entry) {
    let passed = environment.filter { variable($0.value) == $0.name }
    let fixed = environment.filter { variable($0.value) != $0.name }
    for pair in fixed where pair.value.contains("${") {
      entry.notes.append(note(pair.value, "Codex"))
    }
    if !fixed.isEmpty {
      entry.members["env"] = .object(JSONObject(fixed.map { ($0.name, JSON.string($0.value)) }))
    }
    if !passed.isEmpty { entry.members["env_vars"] = .array(passed.map { .string($0.name) }) }
  }

  /// The variable's name, where the text is one reference and nothing else.
  private static func variable(_ text: String) -> String? {
    guard case .reference(let reference)? = VariableText.pieces(of: text, in: .alidade).first,
      reference.text == text, case .environment(let name, nil) = reference.subject
    else { return nil }
    return name
  }
}

package import JSON

/// Writes a definition as the members of one client's entry.
struct EntryWriter {
  let shape: ClientShape
  /// Whether `type` is written for addresses whose kind is known.
  var writesType = true

  func entry(_ definition: ServerDefinition) -> JSONObject {
    var entry = JSONObject()
    if let url = definition.url {
      if writesType, let type = word(for: definition.transport) { entry["type"] = .string(type) }
      entry[name(.url(definition.transport), "url")] = .string(url)
      set(definition.headers, as: name(.headers, "headers"), in: &entry)
    } else if let command = definition.command {
      entry[name(.command, "command")] = .string(command)
      if !definition.arguments.isEmpty {
        entry[name(.arguments, "args")] = .array(definition.arguments.map(JSON.string))
      }
      set(definition.environment, as: name(.environment, "env"), in: &entry)
      if let directory = definition.directory, shape.fields["cwd"] == .directory {
        entry["cwd"] = .string(directory)
      }
    }
    return entry
  }

  private func set(_ pairs: [NamedValue], as key: String, in entry: inout JSONObject) {
    guard !pairs.isEmpty else { return }
    entry[key] = .object(JSONObject(pairs.map { ($0.name, JSON.string($0.value)) }))
  }

  /// The client's own name for a role; an address may have one for its kind.
  private func name(_ field: EntryField, _ usual: String) -> String {
    if let exact = shape.fields.first(where: { $0.value == field && $0.key != usual })?.key,
      shape.fields[usual] != field
    {
      return exact
    }
    return shape.fields[usual] == nil ? shape.name(of: field) ?? usual : usual
  }

  private func word(for kind: TransportKind) -> String? {
    guard kind == .http || kind == .sse else { return nil }
    return shape.types.filter { $0.value == kind }.keys.min { $0.count < $1.count }
  }
}

extension ServerDefinition {
  /// The entry of the own catalog, with all that this program knows.
  package var catalogEntry: JSONObject {
    var entry = EntryWriter(shape: .alidade).entry(self)
    if let timeout { entry["timeout"] = .number(JSONNumber(timeout * 1000)) }
    if let protocolVersion { entry["protocolVersion"] = .string(protocolVersion) }
    if let file = tls.authorities { entry["cacert"] = .string(file) }
    if let file = tls.certificate { entry["cert"] = .string(file) }
    if let file = tls.key { entry["key"] = .string(file) }
    if tls.isInsecure { entry["insecure"] = true }
    if let note { entry["description"] = .string(note) }
    if isDisabled { entry["disabled"] = true }
    return entry
  }

  /// Whether a text of it is a secret by its name or form, so that only the user should read it.
  package var holdsSecrets: Bool {
    headers.contains { Masking.header($0) != $0.value }
      || environment.contains { Masking.variable($0) != $0.value }
      || Masking.arguments(arguments) != arguments
      || url.map { Masking.arguments([$0]) != [$0] } ?? false
  }
}

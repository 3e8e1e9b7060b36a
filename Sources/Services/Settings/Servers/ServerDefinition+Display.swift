package import JSON

// How a definition is shown, to people and to programs.
extension ServerDefinition {
  /// The same with every secret masked, unless they are to be seen.
  package func shown(revealing: Bool) -> ServerDefinition {
    guard !revealing else { return self }
    var result = self
    result.url = url.map { Masking.arguments([$0])[0] }
    result.headers = headers.map { NamedValue($0.name, Masking.header($0)) }
    result.environment = environment.map { NamedValue($0.name, Masking.variable($0)) }
    result.arguments = Array(Masking.arguments(words).dropFirst())
    result.bridge = bridge.map(Masking.arguments)
    result.rest = JSONObject(rest.members.map { ($0.key, Self.masked($0.value)) })
    return result
  }

  /// Members we do not know may hold anything: their strings are masked by name and form.
  private static func masked(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): .array(elements.map(masked))
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { member in
            guard let text = member.value.string else { return (member.key, masked(member.value)) }
            return (member.key, .string(Masking.variable(NamedValue(member.key, text))))
          }))
    case .string(let text): .string(Masking.arguments([text])[0])
    default: json
    }
  }

  /// The address, or the command line.
  package var address: String { url ?? ShellWords.join(words) }

  /// All of it as one object: the entry's own members first, then where it comes from.
  package func json(revealing: Bool) -> JSON {
    let shown = shown(revealing: revealing)
    var object: JSONObject = ["name": .string(name), "transport": .string(transport.rawValue)]
    for member in shown.catalogEntry.members where member.key != "type" {
      object[member.key] = member.value
    }
    object["source"] = .string(origin.source)
    object["trust"] = .string(origin.trust.rawValue)
    if let path = origin.path { object["path"] = .string(path) }
    if let position = origin.position {
      object["line"] = .number(JSONNumber(position.line))
      object["column"] = .number(JSONNumber(position.column))
    }
    if let project = origin.project { object["project"] = .string(project) }
    if let bridge = shown.bridge { object["bridge"] = .array(bridge.map(JSON.string)) }
    if !shown.rest.isEmpty { object["other"] = .object(shown.rest) }
    return .object(object)
  }
}

extension ConfigFinding {
  package func json(path: String) -> JSON {
    var object: JSONObject = [
      "severity": .string(severity.rawValue), "message": .string(sentence), "path": .string(path),
    ]
    if let server { object["server"] = .string(server) }
    if let field { object["field"] = .string(field) }
    if let position {
      object["line"] = .number(JSONNumber(position.line))
      object["column"] = .number(JSONNumber(position.column))
    }
    return .object(object)
  }
}

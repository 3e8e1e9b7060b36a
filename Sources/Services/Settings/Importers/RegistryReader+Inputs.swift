// Values that a description leaves to the user, or gives a default for.
extension RegistryReader {
  mutating func arguments(
    _ node: ConfigNode?, _ definition: inout ServerDefinition
  ) -> [String] {
    (node?.elements ?? []).flatMap { argument -> [String] in
      let isNamed = argument["type"]?.string == "named"
      let flag = isNamed ? argument["name"]?.string.map { [$0] } ?? [] : []
      addInputs(argument["variables"], to: &definition)
      if let text = (argument["value"] ?? argument["default"])?.string { return flag + [text] }
      guard isRequired(argument) || !isNamed else { return flag.isEmpty ? [] : flag }
      let id = (argument["valueHint"] ?? argument["value_hint"] ?? argument["name"])?.string
      guard let id else { return flag }
      return flag + [input(named: id, argument, &definition)]
    }
  }

  /// A header or variable: its fixed value, or a reference to what the user must give.
  mutating func value(
    of node: ConfigNode, _ definition: inout ServerDefinition
  ) -> NamedValue? {
    guard let name = node["name"]?.string else { return nil }
    addInputs(node["variables"], to: &definition)
    if let fixed = node["value"]?.string { return NamedValue(name, fixed) }
    if !isRequired(node), node["default"] == nil { return nil }
    return NamedValue(name, input(named: name, node, &definition))
  }

  func isRequired(_ node: ConfigNode) -> Bool {
    (node["isRequired"] ?? node["is_required"])?.bool ?? false
  }

  func input(
    named id: String, _ node: ConfigNode, _ definition: inout ServerDefinition
  ) -> String {
    definition.inputs.append(
      ConfigInput(
        id: id, note: node["description"]?.string,
        isSecret: (node["isSecret"] ?? node["is_secret"])?.bool ?? false,
        fallback: node["default"]?.string))
    return "{\(id)}"
  }

  func addInputs(_ variables: ConfigNode?, to definition: inout ServerDefinition) {
    for variable in variables?.members ?? [] {
      _ = input(named: variable.key, variable.node, &definition)
    }
  }
}

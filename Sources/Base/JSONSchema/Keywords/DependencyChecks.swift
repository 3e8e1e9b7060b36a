import JSON

struct DependentSchemasCheck: SchemaCheck {
  let schemas: [(name: String, node: Int)]

  init?(_ reader: SchemaReader) {
    guard let schemas = reader.schemaMap("dependentSchemas") else { return nil }
    self.schemas = schemas
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    let present = MemberNames(object, questions: schemas.count)
    var holds = true
    for (name, node) in schemas where present.contains(name) {
      let step = SchemaStep("dependentSchemas", .name(name))
      if !run.applyMerging(node, here: value, via: step, marks: &marks) { holds = false }
      if !holds && run.isDeciding { break }
    }
    return holds
  }
}

/// The older keyword for both kinds of dependencies; still read by later drafts.
struct DependenciesCheck: SchemaCheck {
  private var rules: [NameRule] = []
  private var schemas: [(name: String, node: Int)] = []

  init?(_ reader: SchemaReader) {
    guard let object = reader.object("dependencies") else { return nil }
    for member in object.members {
      if let names = SchemaReader.names(member.value) {
        rules.append(NameRule(trigger: member.key, required: names))
      } else {
        let place = reader.target.place.appending("dependencies", member.key)
        schemas.append((member.key, reader.node(member.value, place)))
      }
    }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    let present = MemberNames(object, questions: NameRule.questions(rules) + schemas.count)
    var holds = true
    for rule in rules where !rule.holds(for: present, in: &run, keyword: "dependencies") {
      holds = false
      if run.isDeciding { return false }
    }
    for (name, node) in schemas where present.contains(name) {
      let step = SchemaStep("dependencies", .name(name))
      if !run.applyMerging(node, here: value, via: step, marks: &marks) { holds = false }
      if !holds && run.isDeciding { break }
    }
    return holds
  }
}

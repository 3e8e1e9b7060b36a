import JSON

struct RequiredCheck: SchemaCheck {
  let names: [String]

  init?(_ reader: SchemaReader) {
    guard let names = reader.names("required"), !names.isEmpty else { return nil }
    self.names = names
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    let present = MemberNames(object, questions: names.count)
    var holds = true
    for name in names where !present.contains(name) {
      holds = run.fail(.missing(name), keyword: "required")
      if run.isDeciding { return false }
    }
    return holds
  }
}

struct DependentRequiredCheck: SchemaCheck {
  let rules: [NameRule]

  init?(_ reader: SchemaReader) {
    guard let object = reader.object("dependentRequired") else { return nil }
    rules = object.members.compactMap { member in
      guard let names = SchemaReader.names(member.value) else {
        let expected = "an object of lists of names"
        reader.report(
          .badKeyword(keyword: "dependentRequired", expected: expected), at: "dependentRequired")
        return nil
      }
      return NameRule(trigger: member.key, required: names)
    }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    let present = MemberNames(object, questions: NameRule.questions(rules))
    var holds = true
    for rule in rules where !rule.holds(for: present, in: &run, keyword: "dependentRequired") {
      holds = false
      if run.isDeciding { break }
    }
    return holds
  }
}

/// Names that must be there when another one is.
struct NameRule: Sendable {
  let trigger: String
  let required: [String]

  static func questions(_ rules: [NameRule]) -> Int {
    rules.reduce(0) { $0 + 1 + $1.required.count }
  }

  func holds(for present: MemberNames, in run: inout SchemaRun, keyword: String) -> Bool {
    guard present.contains(trigger) else { return true }
    var holds = true
    for name in required where !present.contains(name) {
      holds = run.fail(.dependent(missing: name, on: trigger), keyword: keyword)
      if run.isDeciding { break }
    }
    return holds
  }
}

/// The names of an object's members, hashed only where many questions meet many members.
struct MemberNames {
  private let members: [JSONObject.Member]
  private let names: Set<JSONKey>?

  init(_ object: JSONObject, questions: Int) {
    members = object.members
    names = object.count * questions > 64 ? Set(members.lazy.map { JSONKey($0.key) }) : nil
  }

  func contains(_ name: String) -> Bool {
    let name = JSONKey(name)
    if let names { return names.contains(name) }
    return members.contains { JSONKey($0.key) == name }
  }
}

struct NamesCheck: SchemaCheck {
  let node: Int

  init?(_ reader: SchemaReader) {
    guard let node = reader.schema("propertyNames") else { return nil }
    self.node = node
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    var holds = true
    for member in object.members where !allows(member.key, &run) {
      holds = false
      if run.isDeciding { return false }
      let branch = SchemaViolation.Branch(
        index: 0, title: nil, violations: objections(to: member.key, &run))
      _ = run.fail(.name(member.key), keyword: "propertyNames", branches: [branch])
    }
    return holds
  }

  private func allows(_ name: String, _ run: inout SchemaRun) -> Bool {
    let before = run.annotations.count
    // What is said about a name is not said about the member that has it.
    defer { run.annotations.removeSubrange(before...) }
    return run.quietly { run in
      run.apply(
        node, to: .string(name), at: .member(name), via: SchemaStep("propertyNames"))
    }
  }

  private func objections(to name: String, _ run: inout SchemaRun) -> [SchemaViolation] {
    run.objections(of: node, to: .string(name), via: SchemaStep("propertyNames"))
  }
}

/// `properties`, `patternProperties` and what neither covers, in one walk over the members.
struct MembersCheck: SchemaCheck {
  private let named: [(name: String, node: Int)]
  /// The same by name, where they are so many that looking at each takes longer.
  private let index: [JSONKey: Int]?
  private let patterned: [(pattern: Pattern, node: Int)]
  private let additional: Int?

  init?(_ reader: SchemaReader) {
    let properties = reader.schemaMap("properties") ?? []
    named = properties.map { ($0.name, $0.node) }
    index =
      properties.count > 8
      ? Dictionary(properties.map { (JSONKey($0.name), $0.node) }) { first, _ in first } : nil
    patterned = (reader.schemaMap("patternProperties") ?? []).compactMap { name, node in
      reader.pattern(name, at: "patternProperties").map { ($0, node) }
    }
    additional = reader.schema("additionalProperties")
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    var holds = true
    for (index, member) in object.members.enumerated() {
      let answer = ask(member, &run)
      if answer.isEvaluated { marks.insert(index) }
      if !answer.holds { holds = false }
      if !holds && run.isDeciding { break }
    }
    return holds
  }

  private func node(of name: String) -> Int? {
    if let index { return index[JSONKey(name)] }
    return named.first { $0.name.hasSameScalars(as: name) }?.node
  }

  private func ask(_ member: JSONObject.Member, _ run: inout SchemaRun)
    -> (holds: Bool, isEvaluated: Bool)
  {
    var holds = true
    var isEvaluated = false
    if let node = node(of: member.key) {
      isEvaluated = true
      let step = SchemaStep("properties", .name(member.key))
      holds = run.apply(node, to: member.value, at: .member(member.key), via: step)
    }
    for (pattern, node) in patterned {
      guard let matches = run.matches(pattern, member.key, keyword: "patternProperties") else {
        return (false, true)
      }
      guard matches else { continue }
      isEvaluated = true
      let step = SchemaStep("patternProperties", .name(pattern.source))
      if !run.apply(node, to: member.value, at: .member(member.key), via: step) { holds = false }
    }
    guard !isEvaluated, let additional else { return (holds, isEvaluated) }
    let step = SchemaStep("additionalProperties")
    return (run.apply(additional, to: member.value, at: .member(member.key), via: step), true)
  }
}

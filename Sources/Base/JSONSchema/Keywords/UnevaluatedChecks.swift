import JSON

/// What is left of an array after every other keyword.
struct UnevaluatedItemsCheck: SchemaCheck {
  let node: Int

  init?(_ reader: SchemaReader) {
    guard let node = reader.schema("unevaluatedItems") else { return nil }
    self.node = node
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .array(let elements) = value else { return true }
    let step = SchemaStep("unevaluatedItems")
    var holds = true
    for (index, element) in elements.enumerated() where !marks.contains(index) {
      if !run.apply(node, to: element, at: .element(index), via: step) { holds = false }
      if !holds && run.isDeciding { break }
    }
    marks.insertAll()
    return holds
  }
}

/// What is left of an object after every other keyword.
struct UnevaluatedMembersCheck: SchemaCheck {
  let node: Int

  init?(_ reader: SchemaReader) {
    guard let node = reader.schema("unevaluatedProperties") else { return nil }
    self.node = node
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .object(let object) = value else { return true }
    let step = SchemaStep("unevaluatedProperties")
    var holds = true
    for (index, member) in object.members.enumerated() where !marks.contains(index) {
      if !run.apply(node, to: member.value, at: .member(member.key), via: step) { holds = false }
      if !holds && run.isDeciding { break }
    }
    marks.insertAll()
    return holds
  }
}

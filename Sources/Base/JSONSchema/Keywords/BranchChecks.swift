import JSON

extension SchemaRun {
  /// Applies a schema that the whole answer depends on; what it evaluates counts even where it fails,
  /// or one mistake would be told again for every member beside it.
  mutating func applyMerging(
    _ node: Int, here value: JSON, via step: @autoclosure () -> SchemaStep, marks: inout Marks
  ) -> Bool {
    var own = Marks(tracking: marks.isTracking)
    let holds = apply(node, here: value, via: step(), marks: &own)
    marks.merge(own)
    return holds
  }

  /// Applies a schema that may fail; only what fits counts as evaluated.
  mutating func applyTrying(
    _ node: Int, here value: JSON, via step: @autoclosure () -> SchemaStep, marks: inout Marks
  ) -> Bool {
    var own = Marks(tracking: marks.isTracking)
    let holds = quietly { $0.apply(node, here: value, via: step(), marks: &own) }
    if holds { marks.merge(own) }
    return holds
  }
}

struct AllOfCheck: SchemaCheck {
  let nodes: [Int]

  init?(_ reader: SchemaReader) {
    guard let nodes = reader.schemas("allOf") else { return nil }
    self.nodes = nodes
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    var holds = true
    for (index, node) in nodes.enumerated() {
      let step = SchemaStep("allOf", .index(index))
      if !run.applyMerging(node, here: value, via: step, marks: &marks) { holds = false }
      if !holds && run.isDeciding { break }
    }
    return holds
  }
}

struct AnyOfCheck: SchemaCheck {
  let alternatives: Alternatives

  init?(_ reader: SchemaReader) {
    guard let alternatives = Alternatives("anyOf", reader) else { return nil }
    self.alternatives = alternatives
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let stopsEarly = !marks.isTracking && !run.collectsAnnotations
    let fitting = alternatives.fitting(value, &run, &marks, most: stopsEarly ? 1 : .max)
    return !fitting.isEmpty || alternatives.failNone(value, &run)
  }
}

struct OneOfCheck: SchemaCheck {
  let alternatives: Alternatives

  init?(_ reader: SchemaReader) {
    guard let alternatives = Alternatives("oneOf", reader) else { return nil }
    self.alternatives = alternatives
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let fitting = alternatives.fitting(value, &run, &marks, most: run.isDeciding ? 2 : .max)
    switch fitting.count {
    case 0: return alternatives.failNone(value, &run)
    case 1: return true
    default: return run.fail(.severalAlternatives(fitting), keyword: "oneOf")
    }
  }
}

struct NotCheck: SchemaCheck {
  let node: Int

  init?(_ reader: SchemaReader) {
    guard let node = reader.schema("not") else { return nil }
    self.node = node
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let before = run.annotations.count
    var unused = Marks()
    let fits = run.applyTrying(node, here: value, via: SchemaStep("not"), marks: &unused)
    run.annotations.removeSubrange(before...)
    return !fits && run.abort == nil || run.fail(.ruledOut, keyword: "not")
  }
}

/// `if` with its `then` and `else`; without it these two are not read.
struct IfCheck: SchemaCheck {
  let condition: Int
  let then: Int?
  let otherwise: Int?

  init?(_ reader: SchemaReader) {
    guard let condition = reader.schema("if") else { return nil }
    self.condition = condition
    then = reader.schema("then")
    otherwise = reader.schema("else")
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let fits = run.applyTrying(condition, here: value, via: SchemaStep("if"), marks: &marks)
    guard let next = fits ? then : otherwise else { return true }
    let step = SchemaStep(fits ? "then" : "else")
    return run.applyMerging(next, here: value, via: step, marks: &marks)
  }
}

/// Compiles what stands in `$defs`, so that its defects are found; asks nothing.
struct UnaskedSchemas: SchemaCheck {
  init?(_ reader: SchemaReader) {
    for keyword in ["$defs", "definitions"] where reader.has(keyword) {
      _ = reader.schemaMap(keyword)
    }
    return nil
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool { true }
}

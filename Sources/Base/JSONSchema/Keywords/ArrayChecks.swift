import JSON

/// `minItems` and `maxItems`, `minProperties` and `maxProperties`.
struct CountCheck: SchemaCheck {
  let minimum: Int?
  let maximum: Int?
  let isAboutItems: Bool

  init?(items reader: SchemaReader) {
    self.init(reader.count("minItems"), reader.count("maxItems"), isAboutItems: true)
  }

  init?(members reader: SchemaReader) {
    self.init(reader.count("minProperties"), reader.count("maxProperties"), isAboutItems: false)
  }

  private init?(_ minimum: Int?, _ maximum: Int?, isAboutItems: Bool) {
    if minimum == nil && maximum == nil { return nil }
    self.minimum = minimum
    self.maximum = maximum
    self.isAboutItems = isAboutItems
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let count = value.array?.count ?? value.object?.count ?? 0
    let noun = isAboutItems ? "Items" : "Properties"
    var holds = true
    if let minimum, count < minimum {
      holds = run.fail(problem(count, .atLeast(minimum)), keyword: "min" + noun)
    }
    if let maximum, count > maximum {
      holds = run.fail(problem(count, .atMost(maximum)), keyword: "max" + noun)
    }
    return holds
  }

  private func problem(_ count: Int, _ bound: SchemaViolation.Bound) -> SchemaViolation.Problem {
    isAboutItems ? .items(count, bound) : .members(count, bound)
  }
}

struct UniqueCheck: SchemaCheck {
  init?(_ reader: SchemaReader) {
    guard reader.flag("uniqueItems") == true else { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .array(let elements) = value, elements.count > 1 else { return true }
    var first: [HashedValue: Int] = [:]
    first.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      if let known = first.updateValue(index, forKey: HashedValue(element)) {
        return run.fail(.equalItems(known, index), keyword: "uniqueItems")
      }
    }
    return true
  }
}

/// Items by place and the rest of them, whatever a draft calls these.
struct ItemsCheck: SchemaCheck {
  private var leading: [Int] = []
  private var rest: Int?
  private var leadingKeyword = "prefixItems"
  private var restKeyword = "items"

  init?(_ reader: SchemaReader) {
    if reader.dialect.draft >= .draft202012 {
      leading = reader.schemas("prefixItems") ?? []
      if reader.value("items")?.array != nil {
        reader.report(.arrayItems, at: "items")
      } else {
        rest = reader.schema("items")
      }
    } else if reader.value("items")?.array != nil {
      leading = reader.schemas("items") ?? []
      rest = reader.schema("additionalItems")
      leadingKeyword = "items"
      restKeyword = "additionalItems"
    } else {
      rest = reader.schema("items")
    }
    if leading.isEmpty && rest == nil { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .array(let elements) = value else { return true }
    var holds = true
    for (index, node) in leading.enumerated() where index < elements.count {
      marks.insert(index)
      let step = SchemaStep(leadingKeyword, .index(index))
      if !run.apply(node, to: elements[index], at: .element(index), via: step) { holds = false }
      if !holds && run.isDeciding { return false }
    }
    guard let rest, leading.count < elements.count else { return holds }
    marks.insertAll()
    for index in leading.count..<elements.count
    where !run.apply(rest, to: elements[index], at: .element(index), via: SchemaStep(restKeyword)) {
      holds = false
      if run.isDeciding { return false }
    }
    return holds
  }
}

struct ContainsCheck: SchemaCheck {
  let node: Int
  let minimum: Int
  let maximum: Int?
  /// Since 2020-12 an item that fits counts as evaluated.
  let evaluates: Bool

  init?(_ reader: SchemaReader) {
    guard let node = reader.schema("contains") else { return nil }
    self.node = node
    minimum = reader.count("minContains") ?? 1
    maximum = reader.count("maxContains")
    evaluates = reader.dialect.draft >= .draft202012
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .array(let elements) = value else { return true }
    let found = count(elements, &run, &marks)
    var holds = true
    if found < minimum {
      let keyword = minimum == 1 ? "contains" : "minContains"
      holds = run.fail(.contains(found: found, .atLeast(minimum)), keyword: keyword)
    }
    if let maximum, found > maximum {
      holds = run.fail(.contains(found: found, .atMost(maximum)), keyword: "maxContains")
    }
    return holds
  }

  private func count(_ elements: [JSON], _ run: inout SchemaRun, _ marks: inout Marks) -> Int {
    let countsAll = maximum != nil || marks.isTracking || run.collectsAnnotations
    return run.quietly { run in
      var found = 0
      for (index, element) in elements.enumerated()
      where run.apply(node, to: element, at: .element(index), via: SchemaStep("contains")) {
        found += 1
        if evaluates { marks.insert(index) }
        if found >= minimum && !countsAll { break }
      }
      return found
    }
  }
}

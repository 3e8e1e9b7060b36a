import JSON

extension FieldReading {
  mutating func list() -> FormKind {
    let count = facts.count("Items")
    let items = parts("items") + (facts.has("prefixItems") ? [] : parts("additionalItems"))
    let leading = leadingParts()
    let rest = items.isEmpty && isClosed("items", "additionalItems") ? nil : FormPart(items)
    guard leading.isEmpty, let rest else {
      return .list(FormList(count: count, shape: .others, leading: leading, rest: rest))
    }
    var entry = FieldReading(rest, locator)
    if let choices = entry.choices() { return .choices(choices, count) }
    let shape = Self.shape(&entry.facts)
    return .list(FormList(count: count, shape: shape, leading: [], rest: rest))
  }

  private static func shape(_ facts: inout Conjunction) -> FormList.Shape {
    guard let types = facts.types(), !types.isEmpty, !facts.has("anyOf", "oneOf") else {
      return .others
    }
    if types == [.object] { return .objects }
    return types.contains(.object) || types.contains(.array) ? .others : .scalars
  }

  /// What every schema of the part says under the keyword, as long as it is a schema.
  private func parts(_ keyword: String) -> [SchemaTarget] {
    facts.conjuncts.compactMap { conjunct in
      guard let json = conjunct.object[keyword], json.array == nil, json != .bool(false) else {
        return nil
      }
      return locator.inside(conjunct.target, keyword, nil, json)
    }
  }

  private func isClosed(_ keywords: String...) -> Bool {
    facts.conjuncts.contains { conjunct in keywords.contains { conjunct.object[$0] == .bool(false) }
    }
  }

  /// Schemas by place: `prefixItems`, or the older list under `items`.
  private func leadingParts() -> [FormPart] {
    var byPlace: [[SchemaTarget]] = []
    for conjunct in facts.conjuncts {
      for keyword in ["prefixItems", "items"] {
        for (index, json) in (conjunct.object[keyword]?.array ?? []).enumerated() {
          if index == byPlace.count { byPlace.append([]) }
          byPlace[index].append(locator.inside(conjunct.target, keyword, String(index), json))
        }
      }
    }
    return byPlace.map(FormPart.init)
  }

  func group() -> FormGroup {
    let required = Set(
      facts.all("required") { $0.array?.compactMap(\.string) }.flatMap { $0 }.map(JSONKey.init))
    let named = schemas("properties")
    let missing = required.subtracting(named.map { JSONKey($0.name) }).map(\.text).sorted()
    let members =
      named.map { entry in
        FormGroup.Member(
          key: entry.name, isRequired: required.contains(JSONKey(entry.name)),
          part: FormPart(entry.targets))
      } + missing.map { FormGroup.Member(key: $0, isRequired: true, part: FormPart([])) }
    let others = parts("additionalProperties")
    let isClosed = isClosed("additionalProperties", "unevaluatedProperties")
    return FormGroup(
      members: members,
      patterns: schemas("patternProperties").map {
        FormGroup.Named(pattern: $0.name, part: FormPart($0.targets))
      },
      others: isClosed || others.isEmpty ? nil : FormPart(others), isOpen: !isClosed,
      count: facts.count("Properties"))
  }

  /// The schemas of a map by name, in the order they are first met.
  private func schemas(_ keyword: String) -> [(name: String, targets: [SchemaTarget])] {
    var order: [String] = []
    var targets: [JSONKey: [SchemaTarget]] = [:]
    for conjunct in facts.conjuncts {
      guard let object = conjunct.object[keyword]?.object else { continue }
      for member in object.keptMembers {
        if targets[JSONKey(member.key)] == nil { order.append(member.key) }
        targets[JSONKey(member.key), default: []].append(
          locator.inside(conjunct.target, keyword, member.key, member.value))
      }
    }
    return order.map { ($0, targets[JSONKey($0)] ?? []) }
  }
}

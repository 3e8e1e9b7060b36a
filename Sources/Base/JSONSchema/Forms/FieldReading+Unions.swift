import JSON

extension FieldReading {
  /// Alternatives within alternatives of one part; more is no form anybody could fill in.
  private static let mostChoices = 32

  /// The first list of alternatives of which none is chosen yet.
  mutating func union(_ key: String) -> FormKind? {
    guard part.chosen.count < Self.mostChoices else {
      facts.report(.unbounded("alternatives lead to alternatives without end"))
      return .json
    }
    for conjunct in facts.conjuncts {
      for keyword in ["oneOf", "anyOf"] {
        let place = conjunct.target.place.appending(keyword)
        guard !part.chosen.contains(place), let schemas = conjunct.object[keyword]?.array,
          !schemas.isEmpty
        else { continue }
        let targets = schemas.enumerated().map { index, json in
          locator.inside(conjunct.target, keyword, String(index), json)
        }
        return union(of: targets, keyword, place, key)
      }
    }
    return nil
  }

  /// A single alternative besides `null` is no choice: the part simply is that one.
  private mutating func union(
    of targets: [SchemaTarget], _ keyword: String, _ place: SchemaPlace, _ key: String
  ) -> FormKind {
    let others = targets.filter { !isNull($0) }
    let isNullable = others.count < targets.count
    if others.isEmpty { return .null }
    if others.count == 1 {
      let next = become(part.choosing(others[0], at: place), nullable: isNullable)
      return derive(next, key)
    }
    if isNullable { self = FieldReading(nullable: self) }
    var facts = others.map { target in
      var locator = locator
      return Conjunction(FormPart([target]), &locator)
    }
    let discriminator = Self.discriminator(&facts)
    let branches = others.enumerated().map { index, target in
      branch(target, facts[index], discriminator, number: index + 1, at: place)
    }
    return .union(FormUnion(keyword: keyword, branches: branches))
  }

  private func isNull(_ target: SchemaTarget) -> Bool {
    guard let object = target.json.object else { return false }
    return object["type"]?.string == "null" || object["const"]?.isNull == true
  }

  private func branch(
    _ target: SchemaTarget, _ facts: Conjunction, _ key: String?, number: Int, at place: SchemaPlace
  ) -> FormUnion.Branch {
    let value = key.flatMap { facts.constant(of: $0) }
    let required = facts.all("required") { $0.array?.compactMap(\.string) }.flatMap { $0 }
    let name =
      facts.first("title", \.string) ?? value.map { $0.string ?? $0.compact }
      ?? target.json.object?["$ref"]?.string.flatMap(Self.lastStep)
      ?? Self.title(required: required) ?? facts.first("type", \.string)
    return FormUnion.Branch(
      title: name ?? "Alternative \(number)", description: facts.first("description", \.string),
      discriminator: zip(key, value).map { .init(key: $0, value: $1) }, requiredKeys: required,
      part: part.choosing(target, at: place))
  }

  private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  private static func lastStep(_ reference: String) -> String? {
    PointerText.tokens("/" + reference).last
  }

  private static func title(required: [String]) -> String? {
    required.isEmpty ? nil : "with " + required.joined(separator: ", ")
  }

  /// The member that every alternative fixes to a value of its own.
  private static func discriminator(_ alternatives: inout [Conjunction]) -> String? {
    guard let first = alternatives.first else { return nil }
    return first.propertyNames.first { name in
      let values = alternatives.compactMap { $0.constant(of: name) }
      return values.count == alternatives.count && Set(values).count == values.count
    }
  }
}

extension FieldReading {
  fileprivate init(nullable reading: FieldReading) {
    var copy = reading
    self = copy.become(reading.part, nullable: true)
  }
}

extension Conjunction {
  var propertyNames: [String] { all("properties", \.object).flatMap(\.keys) }

  /// The one value a member may have.
  func constant(of name: String) -> JSON? {
    first("properties") { properties in
      guard let schema = properties.object?[name]?.object else { return nil }
      let values = schema["enum"]?.array ?? []
      return schema["const"] ?? (values.count == 1 ? values.first : Optional.none)
    }
  }
}

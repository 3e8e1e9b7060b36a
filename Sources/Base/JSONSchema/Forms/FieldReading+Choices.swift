import JSON

extension FieldReading {
  /// The values to choose from, where the part is one of a list of values.
  mutating func choices() -> [FormChoice]? {
    let lists = facts.conjuncts.compactMap(Self.enumeration)
    guard var choices = lists.first ?? alternatives() else { return nil }
    for list in lists.dropFirst() {
      choices.removeAll { choice in !list.contains { $0.value == choice.value } }
    }
    if choices.isEmpty {
      facts.report(.conflict("no value is in all of the lists combined here"))
      return nil
    }
    return choices
  }

  private static func enumeration(_ conjunct: Conjunction.Conjunct) -> [FormChoice]? {
    guard let values = conjunct.object["enum"]?.array, !values.isEmpty else { return nil }
    let names = (conjunct.object["enumNames"] ?? conjunct.object["x-enumNames"])?.array
    return values.enumerated().map { index, value in
      let name = names.flatMap { index < $0.count ? $0[index].string : nil }
      return FormChoice(value: value, title: name, description: nil)
    }
  }

  /// `oneOf` or `anyOf` whose schemas are one value each.
  private func alternatives() -> [FormChoice]? {
    for conjunct in facts.conjuncts {
      for keyword in ["oneOf", "anyOf"] {
        guard !part.chosen.contains(conjunct.target.place.appending(keyword)) else { continue }
        guard let schemas = conjunct.object[keyword]?.array, !schemas.isEmpty else { continue }
        let choices = schemas.compactMap(Self.single)
        if choices.count == schemas.count { return choices }
      }
    }
    return nil
  }

  private static func single(_ schema: JSON) -> FormChoice? {
    guard let object = schema.object else { return nil }
    let values = object["enum"]?.array ?? []
    let only = values.count == 1 ? values.first : Optional.none
    let null: JSON? = object["type"]?.string == "null" ? .null : nil
    guard let value = object["const"] ?? only ?? null else { return nil }
    return FormChoice(
      value: value, title: object["title"]?.string, description: object["description"]?.string)
  }
}

import JSON

extension SubschemaShape {
  /// Calls with each subschema in a keyword's value and the token that leads to it, if any.
  func visit(_ value: JSON, _ body: (String?, JSON) -> Void) {
    switch (self, value) {
    case (.none, _): break
    case (.schemaOrArray, .array(let elements)), (.array, .array(let elements)):
      for (index, element) in elements.enumerated() { body(String(index), element) }
    case (.schema, _), (.schemaOrArray, _): body(nil, value)
    case (.map, .object(let object)):
      for member in object.keptMembers { body(member.key, member.value) }
    case (.dependencies, .object(let object)):
      for member in object.keptMembers where member.value.array == nil {
        body(member.key, member.value)
      }
    case (.array, _), (.map, _), (.dependencies, _): break
    }
  }
}

extension JSONObject {
  /// In order; of duplicates only the last, which is the one that counts.
  var keptMembers: [Member] {
    let last = lastOfEach
    return last.count == members.count ? members : last.values.sorted().map { members[$0] }
  }
}

import JSON

struct TypeCheck: SchemaCheck {
  let types: [SchemaType]
  let byLexeme: Bool

  init?(_ reader: SchemaReader) {
    guard let value = reader.value("type") else { return nil }
    guard let names = value.string.map({ [$0] }) ?? SchemaReader.names(value) else {
      reader.report(
        .badKeyword(keyword: "type", expected: "the name of a type or a list of names"), at: "type")
      return nil
    }
    for name in names where SchemaType(rawValue: name) == nil {
      reader.report(.unknownType(name), at: "type")
    }
    let named = names.compactMap(SchemaType.init(rawValue:))
    let isNullable = reader.compiler.admitsNullable && reader.object["nullable"] == true
    types = isNullable && !named.isEmpty ? named + [.null] : named
    byLexeme = reader.dialect.draft == .draft4
    if types.isEmpty { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    for type in types where type.matches(value, byLexeme: byLexeme) { return true }
    return run.fail(.type(expected: types, found: .of(value)), keyword: "type")
  }
}

struct ConstCheck: SchemaCheck {
  let expected: JSON

  init?(_ reader: SchemaReader) {
    guard let value = reader.value("const") else { return nil }
    expected = value
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    value == expected || run.fail(.constant(expected: expected), keyword: "const")
  }
}

struct EnumCheck: SchemaCheck {
  let allowed: [JSON]
  /// For long lists.
  let set: Set<JSON>?

  init?(_ reader: SchemaReader) {
    guard let values = reader.array("enum") else { return nil }
    allowed = values
    set = values.count > 8 ? Set(values) : nil
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    let isAllowed =
      set?.contains(value) ?? allowed.contains(value)
    return isAllowed || run.fail(.enumeration(allowed: allowed, found: value), keyword: "enum")
  }
}

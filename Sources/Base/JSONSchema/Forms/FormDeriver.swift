package import JSON

/// Turns a schema into the fields of a form, one level at a time, so that recursive schemas unfold only as far as asked.
package struct FormDeriver: Sendable {
  package let root: FormField
  private let locator: SchemaLocator

  package init(_ schema: JSON, options: SchemaOptions = SchemaOptions()) {
    var locator = SchemaLocator(library: options.library, defaultDraft: options.defaultDraft)
    let part = FormPart([locator.open(schema, at: SchemaURI(options.baseURI))])
    self.locator = locator
    root = FieldReading(part, locator).field(pointer: "", key: "", isRequired: true)
  }

  // MARK: - Unfolding

  /// The named members of an object, in the schema's order.
  package func fields(of parent: FormField) -> [FormField] {
    guard case .group(let group) = parent.kind else { return [] }
    return group.members.map {
      field($0.part, in: parent, key: $0.key, isRequired: $0.isRequired)
    }
  }

  /// A member under a name of one's own choice; nil where the schema allows none.
  package func field(named key: String, of parent: FormField) -> FormField? {
    guard case .group(let group) = parent.kind else { return nil }
    if let member = group.members.first(where: { $0.key.hasSameScalars(as: key) }) {
      return field(member.part, in: parent, key: key, isRequired: member.isRequired)
    }
    let fitting = group.patterns.first { Self.matches($0.pattern, key) }
    guard let part = fitting?.part ?? group.others ?? (group.isOpen ? FormPart([]) : nil) else {
      return nil
    }
    return field(part, in: parent, key: key, isRequired: false)
  }

  /// An entry of a list; nil where it would be one too many.
  package func element(_ index: Int, of parent: FormField) -> FormField? {
    guard case .list(let list) = parent.kind, index >= 0 else { return nil }
    let part = index < list.leading.count ? list.leading[index] : list.rest
    return part.map { field($0, in: parent, key: String(index), isRequired: true) }
  }

  /// The field as it is once an alternative is chosen.
  package func branch(_ index: Int, of field: FormField) -> FormField? {
    guard case .union(let union) = field.kind, union.branches.indices.contains(index) else {
      return nil
    }
    return FieldReading(union.branches[index].part, locator)
      .field(pointer: field.pointer, key: field.key, isRequired: field.isRequired)
  }

  private func field(_ part: FormPart, in parent: FormField, key: String, isRequired: Bool)
    -> FormField
  {
    FieldReading(part, locator)
      .field(
        pointer: parent.pointer + "/" + PointerText.escaped(key), key: key, isRequired: isRequired)
  }

  private static func matches(_ source: String, _ key: String) -> Bool {
    do throws(PatternProblem) {
      return try Pattern(source).search(key) == .match
    } catch {
      return false
    }
  }
}

// MARK: - Types

extension FormDeriver {
  /// The types that may stand at a way of member names and indexes, every alternative considered; empty for any.
  package func types(at path: [String]) -> [SchemaType] {
    let types = Set(fields(at: path).flatMap(Self.types))
    return SchemaType.allCases.filter(types.contains)
  }

  /// The values that the schema names one by one for that way.
  func choices(at path: [String]) -> [JSON] {
    fields(at: path).flatMap { field in
      switch field.kind {
      case .constant(let value): [value]
      case .choice(let choices): choices.map(\.value)
      default: [JSON]()
      }
    }
  }

  private func fields(at path: [String]) -> [FormField] {
    var fields = alternatives(of: root)
    for token in path {
      fields = fields.prefix(Self.mostAlternatives).flatMap { field in
        below(field, token).flatMap(alternatives)
      }
    }
    return fields
  }

  private static let mostAlternatives = 50

  private func below(_ field: FormField, _ token: String) -> [FormField] {
    switch field.kind {
    case .group: self.field(named: token, of: field).map { [$0] } ?? []
    case .list: Int(token).flatMap { element($0, of: field) }.map { [$0] } ?? []
    case .choices(let choices, _): choices.map { FormField(choice: $0, in: field) }
    default: []
    }
  }

  /// A field without alternatives of its own, or those of all of its alternatives.
  private func alternatives(of field: FormField) -> [FormField] {
    var found: [FormField] = []
    var queue = [field]
    while let next = queue.popLast(), found.count < Self.mostAlternatives {
      guard case .union(let union) = next.kind else {
        found.append(next)
        continue
      }
      queue += union.branches.indices.reversed().compactMap { branch($0, of: next) }
    }
    return found
  }

  private static func types(of field: FormField) -> [SchemaType] {
    let own: [SchemaType] =
      switch field.kind {
      case .text: [.string]
      case .integer: [.integer]
      case .number: [.number]
      case .boolean: [.boolean]
      case .null: [.null]
      case .constant(let value): [.of(value)]
      case .choice(let choices): choices.map { .of($0.value) }
      case .choices, .list: [.array]
      case .group: [.object]
      case .union, .json: []
      }
    return own + (field.isNullable ? [.null] : [])
  }
}

extension FormField {
  fileprivate init(choice: FormChoice, in parent: FormField) {
    self.init(
      pointer: parent.pointer, key: parent.key, title: choice.title,
      description: choice.description, isRequired: true, isNullable: false,
      kind: .constant(choice.value), defaultValue: nil, examples: [], isDeprecated: false,
      isReadOnly: false, isWriteOnly: false, findings: [], part: parent.part)
  }
}

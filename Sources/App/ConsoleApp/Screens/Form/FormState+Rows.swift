import JSON
import JSONSchema

/// Unfolding a form into its rows, as far as its value reaches.
extension FormState {
  static let mostRows = 2_000
  private static let deepest = 16

  func unfolded() -> [FormRow] {
    var rows: [FormRow] = []
    let root = schema.deriver.root
    if case .group = root.kind {
      addMembers(of: root, path: [], depth: 0, to: &rows)
    } else {
      add(root, path: [], depth: 0, label: "arguments", to: &rows)
    }
    return rows
  }

  private func add(
    _ field: FormField, path: [String], depth: Int, label: String, isRemovable: Bool = false,
    to rows: inout [FormRow]
  ) {
    guard rows.count < Self.mostRows else { return }
    rows.append(
      FormRow(field: field, path: path, depth: depth, label: label, isRemovable: isRemovable))
    guard depth < Self.deepest else { return }
    let value = value.value(at: path)
    switch field.kind {
    case .group:
      if value?.object != nil { addMembers(of: field, path: path, depth: depth + 1, to: &rows) }
    case .list:
      for index in 0..<(value?.array?.count ?? 0) {
        guard let element = schema.deriver.element(index, of: field) else { break }
        add(
          element, path: path + [String(index)], depth: depth + 1, label: "[\(index)]",
          isRemovable: true, to: &rows)
      }
    case .choices(let choices, _) where choices.count <= FormPicking.mostUnfolded:
      for (index, choice) in choices.enumerated() {
        var row = FormRow(field: field, path: path, depth: depth + 1, label: choice.label)
        row.option = index
        rows.append(row)
      }
    case .union: addBranch(of: field, path: path, depth: depth, to: &rows)
    default: break
    }
  }

  private func addBranch(
    of field: FormField, path: [String], depth: Int, to rows: inout [FormRow]
  ) {
    guard let index = branch(of: field, path),
      let chosen = schema.deriver.branch(index, of: field)
    else { return }
    if case .group = chosen.kind {
      if value.value(at: path)?.object != nil {
        addMembers(of: chosen, path: path, depth: depth + 1, to: &rows)
      }
    } else {
      add(chosen, path: path, depth: depth + 1, label: "value", to: &rows)
    }
  }

  private func addMembers(
    of group: FormField, path: [String], depth: Int, to rows: inout [FormRow]
  ) {
    let named = schema.deriver.fields(of: group)
    for member in named {
      add(member, path: path + [member.key], depth: depth, label: member.key, to: &rows)
    }
    let known = Set(named.map { JSONKey($0.key) })
    for key in value.value(at: path)?.object?.keys ?? [] where !known.contains(JSONKey(key)) {
      guard let other = schema.deriver.field(named: key, of: group) else { continue }
      add(
        other, path: path + [key], depth: depth, label: key, isRemovable: true, to: &rows)
    }
  }

  /// The alternative that is filled in: the one chosen, else the one that its value fits.
  func branch(of field: FormField, _ path: [String]) -> Int? {
    guard case .union(let union) = field.kind else { return nil }
    if let chosen = branches[Self.branchKey(field)] { return chosen }
    guard let value = value.value(at: path) else { return nil }
    let fitting = union.branches.firstIndex { branch in
      if let discriminator = branch.discriminator {
        return value[discriminator.key] == discriminator.value
      }
      return !branch.requiredKeys.isEmpty
        && branch.requiredKeys.allSatisfy { value.object?[$0] != nil }
    }
    if let fitting { return fitting }
    let type = SchemaType.of(value)
    return union.branches.indices.first { index in
      schema.deriver.branch(index, of: field).map { Self.takes(type, $0) } ?? false
    }
  }

  /// One place may hold alternatives within alternatives: the schema's own words tell them apart.
  static func branchKey(_ field: FormField) -> String {
    guard case .union(let union) = field.kind else { return field.pointer }
    return field.pointer + "\u{0}" + union.branches.map(\.title).joined(separator: "\u{0}")
  }

  private static func takes(_ type: SchemaType, _ field: FormField) -> Bool {
    switch field.kind {
    case .text: type == .string
    case .integer: type == .integer
    case .number: type == .number || type == .integer
    case .boolean: type == .boolean
    case .list, .choices: type == .array
    case .group: type == .object
    case .null: type == .null
    case .constant, .choice, .union, .json: true
    }
  }
}

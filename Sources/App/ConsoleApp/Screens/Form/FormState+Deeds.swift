import JSON
import JSONSchema
import Widgets

/// What keys do to the focused row besides typing.
extension FormState {
  /// Unset, then empty, then null where that is allowed, and round again.
  mutating func cycleAbsence() {
    guard let row = current, row.option == nil else { return }
    let states = Self.absences(of: row)
    let now = value.value(at: row.path)
    guard !states.isEmpty else { return }
    let place = states.firstIndex { $0 == now }
    set(states[place.map { ($0 + 1) % states.count } ?? 0], at: row)
    refocus()
  }

  private static func absences(of row: FormRow) -> [JSON?] {
    // An entry of a list cannot be absent; it is taken out instead.
    var states: [JSON?] = row.isRemovable ? [] : [nil]
    switch row.field.kind {
    case .text: states.append(.string(""))
    case .group: states.append(.object([:]))
    case .list, .choices: states.append(.array([]))
    default: break
    }
    return states + (row.field.isNullable ? [.null] : [])
  }

  /// Turns to the next value of a row that has a few: true, false, choices, alternatives.
  mutating func step(by count: Int) {
    guard let row = current else { return }
    let now = value.value(at: row.path)
    switch row.field.kind {
    case .boolean:
      // What may be left out can be unset again by the same key.
      let states: [JSON?] =
        [.bool(true), .bool(false)]
        + (row.field.isRequired || row.isRemovable ? [] : [nil])
      let place = states.firstIndex { $0 == now } ?? states.count - 1
      set(states[(place + count + states.count) % states.count], at: row)
    case .choice(let choices):
      let place = choices.firstIndex { $0.value == now }
      let next = place.map { ($0 + count + choices.count) % choices.count }
      set(choices[next ?? (count > 0 ? 0 : choices.count - 1)].value, at: row)
    case .union(let union):
      let place = branch(of: row.field, row.path)
      let total = union.branches.count
      choose(place.map { ($0 + count + total) % total } ?? 0, at: row)
    case .constant(let constant): set(now == nil ? constant : Optional.none, at: row)
    case .null: set(now == nil ? JSON.null : Optional.none, at: row)
    case .choices: toggleOption(row)
    case .group where now?.object == nil:
      set(.object([:]), at: row)
      fill(row)
    default: break
    }
    refocus()
  }

  private mutating func fill(_ row: FormRow) {
    fillConstants(row.field, row.path)
    replaceKeepingBranches()
  }

  private mutating func toggleOption(_ row: FormRow) {
    guard let index = row.option, case .choices(let choices, _) = row.field.kind,
      choices.indices.contains(index)
    else { return }
    toggle(choices[index].value, at: row)
  }

  mutating func toggle(_ option: JSON, at row: FormRow) {
    var chosen = value.value(at: row.path)?.array ?? []
    if let place = chosen.firstIndex(of: option) {
      chosen.remove(at: place)
    } else {
      chosen.append(option)
    }
    set(.array(chosen), at: row)
  }

  /// Whether something can be added at the focused row.
  var canAdd: Bool {
    guard let row = current else { return false }
    switch row.field.kind {
    case .list(let list): return list.rest != nil || !list.leading.isEmpty
    default: return false
    }
  }

  /// Adds an entry to the list and goes there.
  mutating func addEntry() {
    guard let row = current, case .list = row.field.kind else { return }
    var entries = value.value(at: row.path)?.array ?? []
    guard let element = schema.deriver.element(entries.count, of: row.field) else { return }
    entries.append(Self.blank(element.kind))
    set(.array(entries), at: row)
    let path = row.path + [String(entries.count - 1)]
    if let line = rows.firstIndex(where: { $0.path == path && $0.option == nil }) {
      fillConstants(rows[line].field, path)
      move(.to(line))
    }
  }

  /// A member under a name of one's own choice, in the object that the focused row is of or in.
  mutating func addMember(_ name: String) -> Bool {
    guard let (group, path) = openGroup,
      let member = schema.deriver.field(named: name, of: group),
      value.value(at: path + [name]) == nil
    else { return false }
    let row = FormRow(field: member, path: path + [name], depth: 0, label: name)
    set(Self.blank(member.kind), at: row)
    if let line = rows.firstIndex(where: { $0.path == row.path }) {
      move(.to(line))
    }
    return true
  }

  /// The nearest object that takes members of any name.
  var openGroup: (FormField, [String])? {
    let root = schema.deriver.root
    guard let row = current else {
      return Self.isOpen(root) ? (root, []) : nil
    }
    if Self.isOpen(row.field) { return (row.field, row.path) }
    let parents = rows.filter { row.path.count > $0.path.count && row.path.starts(with: $0.path) }
    if let parent = parents.last(where: { Self.isOpen($0.field) }) {
      return (parent.field, parent.path)
    }
    return Self.isOpen(root) ? (root, []) : nil
  }

  private static func isOpen(_ field: FormField) -> Bool {
    if case .group(let group) = field.kind { group.isOpen } else { false }
  }

  /// An answer to begin with.
  private static func blank(_ kind: FormKind) -> JSON {
    switch kind {
    case .group: .object([:])
    case .list, .choices: .array([])
    case .boolean: .bool(false)
    case .choice(let choices): choices.first?.value ?? .null
    case .constant(let value): value
    case .text: .string("")
    default: .null
    }
  }

  mutating func removeCurrent() {
    guard let row = current, row.isRemovable else { return }
    set(nil, at: row)
    move(.by(0))
  }

  /// Moves an entry of a list up or down.
  mutating func shiftCurrent(by count: Int) {
    guard let row = current, row.isRemovable, let token = row.path.last, let index = Int(token)
    else { return }
    let parent = Array(row.path.dropLast())
    guard var entries = value.value(at: parent)?.array, entries.indices.contains(index + count)
    else { return }
    entries.swapAt(index, index + count)
    replaceKeepingBranches(value.setting(parent, to: .array(entries)))
    let path = parent + [String(index + count)]
    if let line = rows.firstIndex(where: { $0.path == path }) { move(.to(line)) }
  }

  private mutating func refocus() { move(.by(0)) }
}

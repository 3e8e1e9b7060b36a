import JSON
import JSONSchema
import SafeText
import TerminalCore
import Widgets

/// A form that is being filled in. Its one truth is the JSON that would be sent; rows, problems and the field follow it.
struct FormState: Sendable, Hashable {
  let schema: FormSchema
  private(set) var value: JSON
  private(set) var rows: [FormRow] = []
  /// Why a value cannot stand, by its pointer.
  private(set) var problems: [String: String] = [:]
  /// The first problem that belongs to no row.
  private(set) var general: String?
  var selected = ScrollState()
  /// Rows that fit on the screen.
  var height = 1
  /// The text of the focused row, where it takes text.
  var field = TextField()
  /// Chosen alternatives by place.
  private(set) var branches: [String: Int] = [:]
  /// What was filled in before another alternative was chosen.
  private var stash: [String: JSON] = [:]
  private(set) var touched: Set<String> = []
  /// What was sent of it last.
  private var sent: JSON?
  /// A person has tried to send it: from then on what is missing is said too.
  var wasTried = false
  /// Its JSON as text, while that is what is shown.
  var source: FormSource?
  var past = FormPast()
  /// What an editor left that cannot be read, by the pointer of its row.
  private(set) var drafts: [String: FieldDraft] = [:]
  /// Values that the server offers for the focused text.
  var offered: [String] = []
  /// Secrets are readable while this is on.
  var isPeeking = false

  init(_ schema: JSON, value: JSON = .object([:])) {
    self.schema = FormSchema(schema)
    self.value = value
    fillConstants(self.schema.deriver.root, [])
    refresh()
    focusField()
  }

  var current: FormRow? {
    rows.indices.contains(selected.cursor) ? rows[selected.cursor] : nil
  }

  /// It was filled in, and that was not sent.
  var isUnsent: Bool { !touched.isEmpty && value != (sent ?? .object([:])) }

  mutating func noteSent() { sent = value }

  var problemCount: Int {
    problems.count + (general == nil ? 0 : 1) + (sourceProblem == nil ? 0 : 1)
      + rows.count { $0.option == nil && drafts[$0.pointer] != nil && problems[$0.pointer] == nil }
  }

  /// What is to be said of a row now: a missing answer only once it was left out knowingly.
  func problem(of row: FormRow) -> String? {
    guard row.option == nil else { return nil }
    if let draft = drafts[row.pointer] { return "\(draft.problem)" }
    guard let problem = problems[row.pointer] else { return nil }
    let isAbsent = value.value(at: row.path) == nil
    return isAbsent && !wasTried && !touched.contains(row.pointer) ? nil : problem
  }

  // MARK: - Moving

  /// Takes the number of rows that fit; the focused one stays in view.
  mutating func settle(height: Int) {
    self.height = height
    selected.move(.by(0), height: height)
    source?.area.settle(height: height)
  }

  /// Turns the wheel over it.
  mutating func scroll(by count: Int) {
    if showsJSON { return changeSource { $0.move(.lines(count)) } }
    move(.by(count))
  }

  mutating func move(_ move: ScrollState.Move) {
    past.close()
    selected.move(move, height: height)
    focusField()
  }

  /// Goes to the first row that keeps the form from being sent.
  mutating func goToProblem() {
    wasTried = true
    guard let line = rows.firstIndex(where: { problem(of: $0) != nil }) else { return }
    move(.to(line))
  }

  /// The text of the focused row as its value says it.
  private mutating func focusField() {
    if !showsJSON { isPeeking = false }
    offered = []
    guard let row = current, row.takesText else {
      field = TextField()
      return
    }
    let value = value.value(at: row.path)
    field = TextField(Self.text(of: value, row.field.kind))
    field.keepsBreaks = true
  }

  static func text(of value: JSON?, _ kind: FormKind) -> String {
    switch value {
    case nil, .null?: ""
    case .string(let text)?: if case .json = kind { JSON.string(text).compact } else { text }
    case .number(let number)?: number.text
    case let other?: other.compact
    }
  }

  // MARK: - Changing

  /// Edits the text that has the focus and lets the value follow.
  mutating func edit(_ input: TextInput) -> Bool {
    if showsJSON { return editSource(input) }
    guard let row = current, row.takesText else { return false }
    var field = field
    guard field.take(input) else { return false }
    let hasChanged = field.text != self.field.text
    self.field = field
    if hasChanged {
      offered = []
      set(Self.value(of: field.text, row.field.kind), at: row)
    }
    return true
  }

  /// Puts a text into the focused field, as if it had been typed.
  mutating func put(_ text: String, at row: FormRow) {
    field = TextField(text)
    field.keepsBreaks = true
    set(Self.value(of: text, row.field.kind), at: row)
  }

  /// What a text means under a kind; nothing typed is no answer. A number that is none stays text, so that it can be mended.
  static func value(of text: String, _ kind: FormKind) -> JSON? {
    if text.isEmpty { return nil }
    switch kind {
    case .integer, .number: return JSONNumber(text: text).map(JSON.number) ?? .string(text)
    case .json: return SchemaCoercion.value(text, as: [])
    default: return .string(text)
    }
  }

  mutating func set(_ new: JSON?, at row: FormRow) {
    remember(typedAt: row.takesText ? row.pointer : nil)
    touched.insert(row.pointer)
    drafts[row.pointer] = nil
    value = value.setting(row.path, to: new)
    refresh()
  }

  mutating func keep(_ draft: FieldDraft, at row: FormRow) {
    touched.insert(row.pointer)
    drafts[row.pointer] = draft
  }

  /// Alternatives are found anew by what is there now.
  mutating func forgetBranches(below row: FormRow) {
    branches = branches.filter { !$0.key.hasPrefix(row.pointer) }
    refresh()
  }

  /// Puts another value in the place of all that was filled in.
  mutating func replace(with new: JSON) {
    exchange(for: new, typedAt: nil)
    resetSource()
  }

  /// The same by a person's hand.
  mutating func take(_ new: JSON) {
    touched.insert("")
    guard new != value else { return }
    exchange(for: new, typedAt: showsJSON ? "#" : nil)
    // Where a mask hides no secret, none was written.
    let blanks = rows.filter { $0.isSecret && value.value(at: $0.path)?.string == Secret.mask }
    guard !blanks.isEmpty else { return }
    value = blanks.reduce(value) { $0.setting($1.path, to: nil) }
    refreshAndFocus()
  }

  private mutating func exchange(for new: JSON, typedAt place: String?) {
    remember(typedAt: place)
    (value, branches, drafts) = (new, [:], [:])
    refreshAndFocus()
  }

  private mutating func remember(typedAt place: String?) {
    past.add(
      FormPast.Point(value: value, branches: branches, line: selected.cursor), typedAt: place)
  }

  mutating func restore(_ point: FormPast.Point) {
    (value, branches, drafts) = (point.value, point.branches, [:])
    refresh()
    move(.to(point.line))
    resetSource()
  }

  private mutating func refreshAndFocus() {
    refresh()
    focusField()
  }

  /// The same for a value that was changed in place.
  mutating func replaceKeepingBranches(_ new: JSON? = nil) {
    if new != nil { remember(typedAt: nil) }
    value = new ?? value
    refresh()
  }

  mutating func choose(_ index: Int, at row: FormRow) {
    guard case .union(let union) = row.field.kind, union.branches.indices.contains(index) else {
      return
    }
    remember(typedAt: nil)
    let key = FormState.branchKey(row.field)
    let old = value.value(at: row.path)
    if let previous = branch(of: row.field, row.path) { stash["\(key)#\(previous)"] = old }
    branches[key] = index
    let chosen = schema.deriver.branch(index, of: row.field)
    value = value.setting(row.path, to: stash["\(key)#\(index)"] ?? carried(old, to: chosen))
    if let chosen { fillConstants(chosen, row.path) }
    touched.insert(row.pointer)
    refresh()
  }

  /// What of a value goes along into another alternative: members of the same name.
  private func carried(_ old: JSON?, to field: FormField?) -> JSON? {
    guard let field, case .group(let group) = field.kind else { return nil }
    let names = Set(group.members.map { JSONKey($0.key) })
    let kept = (old?.object?.members ?? []).filter { names.contains(JSONKey($0.key)) }
    return .object(JSONObject(members: kept))
  }

  /// Members of which there is only one value are not asked for.
  mutating func fillConstants(_ field: FormField, _ path: [String]) {
    guard case .group = field.kind else { return }
    for member in schema.deriver.fields(of: field) where member.isRequired {
      guard case .constant(let constant) = member.kind else { continue }
      value = value.setting(path + [member.key], to: constant)
    }
  }

  private mutating func refresh() {
    rows = unfolded()
    selected.setCount(rows.count, height: height)
    validate()
  }

  private mutating func validate() {
    let pointers = Set(rows.map(\.pointer))
    problems = [:]
    general = nil
    for violation in schema.validator.validate(value).violations.flatMap(ofBranches)
    where !isOfReference(violation) {
      var pointer = violation.instancePointer
      if case .missing(let name) = violation.problem {
        pointer += "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
      }
      if pointers.contains(pointer) {
        if problems[pointer] == nil { problems[pointer] = violation.sentence }
      } else if general == nil {
        general = violation.sentence
      }
    }
  }

  /// A secret that is named and not written has no format yet.
  private func isOfReference(_ violation: SchemaViolation) -> Bool {
    guard case .format = violation.problem,
      let row = rows.first(where: { $0.pointer == violation.instancePointer }), row.isSecret
    else { return false }
    return value.value(at: row.path)?.string.flatMap(SecretReferences.name) != nil
  }

  /// Where an alternative is chosen, what is wrong is what is wrong with that one.
  private func ofBranches(_ violation: SchemaViolation) -> [SchemaViolation] {
    guard case .noAlternative = violation.problem else { return [violation] }
    let row = rows.first { row in
      guard row.pointer == violation.instancePointer, case .union(let union) = row.field.kind else {
        return false
      }
      return union.keyword == violation.keyword
    }
    guard let row, case .union(let union) = row.field.kind,
      let chosen = branch(of: row.field, row.path)
    else { return [violation] }
    let branches = violation.branches.filter { !Self.isOfNull($0) }
    guard branches.count == union.branches.count, !branches[chosen].violations.isEmpty else {
      return [violation]
    }
    return branches[chosen].violations.flatMap(ofBranches)
  }

  /// `null` is no alternative of the form: it is a state of the field.
  private static func isOfNull(_ branch: SchemaViolation.Branch) -> Bool {
    switch branch.violations.first?.problem {
    case .type(let expected, _): expected == [.null]
    case .constant(let expected): expected.isNull
    default: false
    }
  }
}

import JSON
import SafeText
import TerminalCore
import Widgets

/// A form as the text of its JSON, which a person edits. Form and text are kept in step; while the text cannot be read, the form keeps what it had.
struct FormSource: Sendable, Hashable {
  var area: TextArea
  /// Why the text is no JSON.
  fileprivate(set) var problem: JSONError?
  /// It was changed since it was read: a long text is read once the typing rests.
  fileprivate(set) var isStale = false

  /// Texts beyond this many bytes are not read with every key.
  static let large = 32 << 10

  init(_ text: String) { area = TextArea(text) }

  /// Puts the cursor where it cannot be read.
  mutating func goToProblem() {
    if let problem { area.place(problem.line - 1, scalar: problem.column - 1) }
  }
}

extension FormState {
  var showsJSON: Bool { source != nil }

  /// Why the text of the JSON keeps the form from being sent or left; nil where it can be read.
  var sourceProblem: JSONError? { source?.problem }

  /// The text, where it is shown, says what the form has.
  var readSoundly: Bool { source.map { $0.problem == nil && !$0.isStale } ?? true }

  /// Turns from the rows to the text and back; false where the text cannot be read.
  mutating func turnSource() -> Bool {
    guard source != nil else {
      source = FormSource(sourceText)
      return true
    }
    guard readSource() else { return false }
    source = nil
    move(.by(0))
    return true
  }

  /// Takes a text that was written elsewhere; where it cannot be read it is shown, and false.
  mutating func take(source text: String) -> Bool {
    let wasShown = showsJSON
    var written = FormSource(text)
    written.isStale = true
    source = written
    guard readSource() else {
      let masked = FormSecrets.masked(text, self)
      source?.area = TextArea(masked)
      source?.goToProblem()
      return false
    }
    if wasShown {
      resetSource()
    } else {
      source = nil
      move(.by(0))
    }
    return true
  }

  /// The text as the form says it, in the place of what was typed.
  mutating func resetSource() {
    guard let area = source?.area else { return }
    source = FormSource(sourceText)
    source?.area.settle(height: height)
    source?.area.place(area.line, area.column)
  }

  mutating func editSource(_ input: TextInput) -> Bool {
    guard let before = source?.area, source?.area.take(input) == true else { return false }
    if source?.area.lines != before.lines { sourceChanged() }
    return true
  }

  /// Does something to the text that is no typing.
  mutating func changeSource(_ change: (inout TextArea) -> Void) {
    guard var area = source?.area else { return }
    let before = area.lines
    change(&area)
    source?.area = area
    if source?.area.lines != before { sourceChanged() }
  }

  private mutating func sourceChanged() {
    source?.isStale = true
    let size = source?.area.lines.reduce(0) { $0 + $1.utf8.count } ?? 0
    if size <= FormSource.large { readSource() }
  }

  /// Takes what was typed; false where it is no JSON.
  @discardableResult
  mutating func readSource() -> Bool {
    guard let source, source.isStale else { return self.source?.problem == nil }
    self.source?.isStale = false
    do throws(JSONError) {
      let json = try JSON.parse(source.area.text)
      self.source?.problem = nil
      take(FormSecrets.unmasked(json, self))
      return true
    } catch {
      self.source?.problem = error
      return false
    }
  }

  private var sourceText: String { (isPeeking ? value : FormSecrets.masked(self)).pretty }
}

/// Writing the JSON of a form: keys that mean something else among its rows.
enum FormSourceCommands {
  static let rows: [ConsoleCommand] = [
    row("source.down", "A line down", [Key(.down)]) { $0.move(.lines(1)) },
    row("source.up", "A line up", [Key(.up)]) { $0.move(.lines(-1)) },
    row("source.pageDown", "A page down", [Key(.pageDown)]) { $0.move(.pages(1)) },
    row("source.pageUp", "A page up", [Key(.pageUp)]) { $0.move(.pages(-1)) },
    row("source.newLine", "A new line", [Key(.enter)]) { $0.breakLine() },
    row("source.indent", "Two spaces", [Key(.tab)]) { $0.indent(false) },
    row("source.outdent", "Two spaces less", [Key(.tab, .shift)]) { $0.indent(true) },
    ConsoleCommand(
      "source.reset", "The JSON as the form has it, without what cannot be read",
      keys: [.control("x")], scope: .formSource,
      availability: { state in
        state.form?.sourceProblem == nil
          ? .disabled(reason: "the form has all that is written here") : .enabled
      },
      run: { state in
        state.form?.resetSource()
        return []
      }),
  ]

  private static func row(
    _ id: String, _ title: String, _ keys: [Key],
    _ change: @escaping @Sendable (inout TextArea) -> Void
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .formSource,
      run: { state in
        state.form?.changeSource(change)
        return state.expectReading()
      })
  }

  /// Rows and text change places; what cannot be read is mended first, so that nothing of it is lost.
  static func turn(_ state: inout ConsoleState) -> [Effect] {
    guard var form = state.form else { return [] }
    let isRead = form.turnSource()
    if !isRead { form.source?.goToProblem() }
    state.form = form
    guard !isRead, let problem = form.sourceProblem else { return [] }
    return state.say(
      .warning, "\(problem); \(state.key(of: "source.reset")) takes what was written away")
  }
}

extension ConsoleState {
  /// Reads a long text once the typing rests.
  func expectReading() -> [Effect] {
    form?.source?.isStale == true ? [.startTimer(.reading, milliseconds: 200)] : []
  }

  /// Says what keeps the form from being sent and goes there; nil where nothing does.
  mutating func refuseForm() -> [Effect]? {
    let now = time.wall
    self.form?.settleMoment(now: now)
    guard self.form?.readSource() != false else {
      self.form?.source?.goToProblem()
      let problem = self.form?.sourceProblem.map { "\($0)" } ?? ""
      return say(.warning, "not sent: \(problem)")
    }
    guard let form, form.problemCount > 0 else { return nil }
    self.form?.goToProblem()
    let first = self.form?.current.flatMap { form.problem(of: $0) ?? form.problems[$0.pointer] }
    return say(.warning, "not sent: \(first ?? form.general ?? "the schema is broken")")
  }
}

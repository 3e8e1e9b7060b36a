package import TerminalCore

/// One action of the window as a row: footer, help, palette, mouse and documents are made of these.
package struct ConsoleCommand: Sendable {
  /// Where its keys count: a view, an overlay, or a way of using one.
  package struct Scope: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
  }

  package enum Availability: Sendable, Hashable {
    case enabled
    case disabled(reason: String)
  }

  /// What the footer says of it: always the same, or by where a person is.
  struct Hint: Sendable, ExpressibleByStringLiteral {
    let text: @Sendable (ConsoleState) -> String

    init(stringLiteral value: String) { text = { _ in value } }
    init(_ text: @escaping @Sendable (ConsoleState) -> String) { self.text = text }
  }

  /// Its stable name, for key files and scripts: `list.down`.
  package let id: String
  package let title: String
  package private(set) var keys: [Key]
  package let scope: Scope
  /// The word or two for the footer; nil keeps it out of there.
  let hint: Hint?
  private let allows: @Sendable (ConsoleState) -> Availability
  let run: @Sendable (inout ConsoleState) -> [Effect]
  /// It changes something outside of the window.
  private(set) var isWrite = false

  init(
    _ id: String, _ title: String, keys: [Key], scope: Scope, hint: Hint? = nil,
    availability: @escaping @Sendable (ConsoleState) -> Availability = { _ in .enabled },
    run: @escaping @Sendable (inout ConsoleState) -> [Effect]
  ) {
    self.id = id
    self.title = title
    self.keys = keys
    self.scope = scope
    self.hint = hint
    allows = availability
    self.run = run
  }

  /// Taking back, and going back and forth, are no steps of their own.
  var isUndoable: Bool { id != "view.undo" }
  var movesFreely: Bool { id != "view.undo" && id != "view.trailBack" && id != "view.trailForth" }

  func availability(_ state: ConsoleState) -> Availability {
    isWrite && state.isReadOnly ? .disabled(reason: ReadOnly.reason) : allows(state)
  }

  /// The same, refused where the window is read-only.
  var writing: ConsoleCommand {
    var command = self
    command.isWrite = true
    return command
  }

  /// The same under other keys.
  func bound(to keys: [Key]) -> ConsoleCommand {
    var command = self
    command.keys = keys
    return command
  }

  func isEnabled(in state: ConsoleState) -> Bool { availability(state) == .enabled }
}

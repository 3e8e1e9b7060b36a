import TerminalCore
import Widgets

/// Bookmarks and comments on rows: the same keys in a list and in one row's own view.
enum NoteCommands {
  static let rows: [ConsoleCommand] =
    of(.list) + [
      ConsoleCommand(
        "list.nextNote", "To the next row with a bookmark or a comment", keys: [.character("M")],
        scope: .list,
        availability: { state in
          guard takesNotes(state) else { return .disabled(reason: noNotes(state)) }
          return state.notes.isEmpty(state.screen.id)
            ? .disabled(
              reason: "\(state.key(of: "list.bookmark")) bookmarks a row, "
                + "\(state.key(of: "list.comment")) comments it") : .enabled
        }, run: next)
    ]

  /// For a view of one row.
  static func of(_ scope: ConsoleCommand.Scope) -> [ConsoleCommand] {
    [
      ConsoleCommand(
        "\(scope.rawValue).bookmark", "Bookmark the row, or take its bookmark away",
        keys: [.character("m")], scope: scope, availability: canNote, run: bookmark),
      ConsoleCommand(
        "\(scope.rawValue).comment", "Write a comment on the row; empty takes it away",
        keys: [.character("c")], scope: scope, availability: canNote, run: comment),
    ]
  }

  private static func noNotes(_ state: ConsoleState) -> String {
    "rows of the wire (\(state.key(of: "go.wire"))) and the audit (\(state.key(of: "go.audit"))) take notes"
  }

  private static func takesNotes(_ state: ConsoleState) -> Bool {
    [.message, .auditRow].contains(state.screen.id)
      || ScreenRow.of(state.screen).list?.noteKey != nil
  }

  private static func canNote(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard takesNotes(state) else { return .disabled(reason: noNotes(state)) }
    return state.notedPlace == nil ? .disabled(reason: "no row is selected") : .enabled
  }

  // MARK: - Deeds

  private static func bookmark(_ state: inout ConsoleState) -> [Effect] {
    guard let place = state.notedPlace else { return [] }
    guard state.notes.change(place, { $0.isBookmarked.toggle() }) else { return full(&state) }
    let isOn = state.notes[place.view, place.key]?.isBookmarked == true
    let next = state.key(of: "list.nextNote")
    return state.say(.info, isOn ? "bookmarked; \(next) goes to the next" : "the bookmark is gone")
  }

  private static func comment(_ state: inout ConsoleState) -> [Effect] {
    guard let place = state.notedPlace else { return [] }
    let before = state.notes[place.view, place.key]?.comment ?? ""
    state.overlay = .asking(
      LineQuestion(title: "Comment", deed: .comment(place), field: TextField(before)))
    return []
  }

  static func full(_ state: inout ConsoleState) -> [Effect] {
    let (bookmark, comment) = (state.key(of: "list.bookmark"), state.key(of: "list.comment"))
    return state.say(
      .warning, "there are too many notes already; \(bookmark) and \(comment) take some away")
  }

  private static func next(_ state: inout ConsoleState) -> [Effect] {
    guard let key = ScreenRow.of(state.screen).list?.noteKey else { return [] }
    let (screen, now) = (state.screen, state)
    func isNoted(_ item: Int) -> Bool { now.note(screen.id, key(now, screen, item)) != nil }
    let shown = state.list.shown
    let start = state.list.selected.cursor + 1
    let order = Array(shown.indices.dropFirst(start)) + Array(shown.indices.prefix(start))
    guard let line = order.first(where: { isNoted(shown[$0]) }) else {
      return state.say(.info, "no row that is shown has a note")
    }
    state.moveCursor(.to(line))
    state.list.follows = false
    return []
  }
}

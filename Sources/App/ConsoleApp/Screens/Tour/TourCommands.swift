import TerminalCore
import Widgets

extension ConsoleCommand.Scope {
  /// A step waits for a person.
  static let tour = Self(rawValue: "tour")
  /// A tour is on, also while a step is being done.
  static let touring = Self(rawValue: "touring")
}

/// Going through the tour. Its keys come before those of the view.
enum TourCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "tour.next", "Do the step, or go on to the next", keys: [Key(.enter)], scope: .tour,
      hint: "go on", run: { $0.goOnTour() }),
    ConsoleCommand(
      "tour.skip", "Skip the step", keys: [Key(.tab)], scope: .touring, hint: "skip",
      run: { $0.nextTourStep() }),
    ConsoleCommand(
      "tour.end", "End the tour", keys: [.control("x")], scope: .touring, hint: "end the tour",
      run: { $0.endTour() }),
  ]

  /// The scopes that count before those of the view.
  static func scopes(_ state: ConsoleState) -> [ConsoleCommand.Scope] {
    switch state.tour?.phase {
    case nil: []
    case .doing: [.touring]
    default: [.tour, .touring]
    }
  }
}

extension ConsoleCommand.Scope {
  /// Whatever has the focus.
  package static let everywhere = Self(rawValue: "everywhere")
  /// Wherever no text is typed.
  package static let browsing = Self(rawValue: "browsing")
  package static let list = Self(rawValue: "list")
  /// A text over the whole frame that scrolls.
  package static let detail = Self(rawValue: "detail")
  package static let filter = Self(rawValue: "filter")
  package static let help = Self(rawValue: "help")
  package static let palette = Self(rawValue: "palette")
  package static let copying = Self(rawValue: "copying")
  package static let confirming = Self(rawValue: "confirming")
  package static let asking = Self(rawValue: "asking")
  package static let servers = Self(rawValue: "servers")
  package static let server = Self(rawValue: "server")
  package static let tools = Self(rawValue: "tools")
  package static let tool = Self(rawValue: "tool")

  /// A person is typing text there: only keys that are no text may be bound.
  package var isTyping: Bool { Self.typing.contains(self) }

  private static let typing: Set<Self> = [
    .everywhere, .filter, .help, .palette, .confirming, .asking, .form, .formSource, .question,
    .picking,
  ]

  /// The scopes that belong to no view, with their titles in the documents.
  static let general: [(scope: Self, title: String)] = [
    (.everywhere, "Everywhere"), (.browsing, "Everywhere but in a text field"),
    (.list, "In a list"), (.detail, "In a text over the whole frame"),
    (.filter, "While typing a filter"), (.help, "In the help of a view"),
    (.palette, "In the palette"), (.copying, "In the copy menu"), (.confirming, "In a question"),
    (.asking, "Where one line is asked for"), (.picking, "In a choice of several"),
    (.tour, "While a tour waits for a person"), (.touring, "In a tour"),
    (.rules, "In the filters of a list"),
  ]

  /// The scopes that count now, the innermost first.
  static func active(in state: ConsoleState) -> [Self] {
    if let overlay = state.overlay { return [overlay.scope, .everywhere] }
    if state.list.isFilterFocused { return [.filter, .everywhere] }
    let own = ScreenRow.of(state.screen).activeScopes(state, state.screen)
    let isTyping = own.first?.isTyping ?? false
    if isTyping { return own + [.everywhere] }
    return TourCommands.scopes(state) + own + [.browsing, .everywhere]
  }
}

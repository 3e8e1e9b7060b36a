import SafeText
import TerminalCore
import Widgets

/// What can be copied here, each by one key more.
struct CopyMenu: Sendable, Hashable {
  /// Its text is made when it is wanted: the footer asks with every frame whether there is one.
  struct Item: Sendable {
    let key: Character
    let title: String
    private let make: @Sendable () -> String

    init(_ key: Character, _ title: String, _ text: @autoclosure @escaping @Sendable () -> String) {
      self.key = key
      self.title = title
      make = text
    }

    var text: String { make() }
    /// The command that its letter is.
    var command: String { "copy.\(key)" }
  }

  let items: [Item]
  /// How the texts begin.
  let previews: [String]

  private static let previewed = 300

  init(items: [Item]) {
    self.items = items
    previews = items.map { String($0.text.unicodeScalars.prefix(Self.previewed)) }
  }
}

extension CopyMenu.Item: Hashable {
  static func == (left: Self, right: Self) -> Bool {
    left.key == right.key && left.title == right.title
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(title)
  }
}

/// The copy menu as a box above the footer.
struct CopyMenuView {
  let menu: CopyMenu
  let state: ConsoleState

  func draw(on canvas: inout Canvas) {
    let width = min(canvas.bounds.width - 4, 60)
    let popup = Popup(
      title: [Span("Copy", .title)], width: width, height: menu.items.count)
    let inside = popup.draw(on: &canvas, in: canvas.bounds)
    for (y, (item, start)) in zip(menu.items, menu.previews).enumerated() {
      let preview = canvas.signs.safe(start, limit: 200).text
      canvas.write(
        [
          Span(" \(state.key(of: item.command))", .key), Span("  \(item.title)  "),
          Span(preview, .dim),
        ], y: y,
        in: inside)
    }
  }
}

/// The letters of the menu are one command a letter, so that help and documents list them.
enum CopyCommands {
  static let rows: [ConsoleCommand] =
    letters.map { letter, title in
      ConsoleCommand(
        "copy.\(letter)", title, keys: [.character(letter)], scope: .copying,
        hint: .init { state in item(letter, state)?.title ?? title },
        availability: { state in
          item(letter, state) == nil ? .disabled(reason: "there is none of that here") : .enabled
        },
        run: { state in
          guard let item = item(letter, state) else { return [] }
          state.overlay = nil
          return state.copy(item)
        })
    } + [
      ConsoleCommand(
        "copy.close", "Close", keys: [Key(.escape), .character("q")], scope: .copying,
        hint: "close",
        run: { state in
          state.overlay = nil
          return []
        })
    ]

  private static let letters: [(Character, String)] = [
    ("y", "Copy the value"), ("j", "Copy as JSON"), ("p", "Copy the JSON pointer"),
    ("c", "Copy as a command for the shell"), ("u", "Copy the URL or URI"),
    ("s", "Copy the schema"), ("t", "Copy as text"),
  ]

  private static func item(_ letter: Character, _ state: ConsoleState) -> CopyMenu.Item? {
    guard case .copying(let menu) = state.overlay else { return nil }
    return menu.items.first { $0.key == letter }
  }
}

extension ConsoleState {
  /// What fits into one OSC 52 sequence of every terminal.
  private static var mostCopied: Int { 74_994 / 4 * 3 }

  mutating func copy(_ item: CopyMenu.Item) -> [Effect] {
    let text = item.text
    let size = text.utf8.count
    guard size <= Self.mostCopied else {
      return say(.warning, "\(size) bytes are too many for the terminal's clipboard")
    }
    return [.copy(text)] + say(.info, "copied \(item.title), \(size) bytes (unconfirmed)")
  }
}

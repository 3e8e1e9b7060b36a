package import TerminalCore

/// The keys that do something here, in one line: `⏎ open  / filter  ? keys (9 more)`.
package struct HintBar: Sendable, Hashable {
  /// A key and what it does, in a word or two.
  package struct Hint: Sendable, Hashable {
    package let key: String
    package let title: String

    package init(key: String, title: String) {
      self.key = key
      self.title = title
    }

    fileprivate var width: Int { CharacterWidth.of(key) + 1 + CharacterWidth.of(title) }
  }

  /// Where a hint ended up, for the mouse.
  package struct Target: Sendable, Hashable {
    package let index: Int
    package let place: Rect
  }

  private let hints: [Hint]
  private let pinned: Hint?
  private let closing: Hint
  private let unlisted: Int

  /// `closing` always shows; its title tells how many more keys there are. `unlisted` counts those that have no hint.
  /// `pinned` is shown however little room there is: the way out.
  package init(_ hints: [Hint], pinned: Hint? = nil, closing: Hint, unlisted: Int = 0) {
    self.hints = hints
    self.pinned = pinned
    self.closing = closing
    self.unlisted = unlisted
  }

  /// The hints that fit, and the closing one with its count.
  package func fitted(width: Int) -> (shown: [Hint], closing: Hint) {
    // Where not even the first hint would stand beside it, the count gives way.
    let counted = fitted(width: width, counting: true)
    return counted.shown.isEmpty && !hints.isEmpty
      ? fitted(width: width, counting: false) : counted
  }

  private func fitted(width: Int, counting: Bool) -> (shown: [Hint], closing: Hint) {
    var shown = hints
    while true {
      let more = unlisted + hints.count - shown.count
      let last =
        more == 0 || !counting
        ? closing : Hint(key: closing.key, title: "\(closing.title) (\(more) more)")
      let way = pinned.map { $0.width + 2 } ?? 0
      let used = shown.reduce(0) { $0 + $1.width + 2 } + way + last.width
      if used <= width || shown.isEmpty { return (shown, last) }
      shown.removeLast()
    }
  }

  /// Draws the bar and tells where each hint is: after the hints come the pinned one and the closing one.
  @discardableResult
  package func draw(on canvas: inout Canvas, in rect: Rect) -> [Target] {
    let row = rect.inset(horizontal: 1).row(0)
    let (shown, closing) = fitted(width: row.width)
    var column = 0
    var targets: [Target] = []
    let last = [pinned, closing].compactMap(\.self)
    for (index, hint) in (shown + last).enumerated() {
      let start = column
      column += canvas.write(hint.key, x: column, in: row, Style(.key)) + 1
      column += canvas.write(hint.title, x: column, in: row, Style(.hint))
      let place = Rect(x: row.x + start, y: row.y, width: column - start, height: 1)
      let behind = index - shown.count
      targets.append(Target(index: behind < 0 ? index : hints.count + behind, place: place))
      column += 2
    }
    return targets
  }
}

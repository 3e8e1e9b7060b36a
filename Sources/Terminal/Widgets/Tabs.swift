import TerminalCore

/// A row of named views, one of them active.
package struct Tabs: Sendable, Hashable {
  package var titles: [String]
  package var active: Int

  package init(_ titles: [String], active: Int = 0) {
    self.titles = titles
    self.active = active
  }

  /// The next or the one before, round the corner.
  package mutating func step(by count: Int) {
    guard !titles.isEmpty else { return }
    active = ((active + count) % titles.count + titles.count) % titles.count
  }

  /// The row in words; where it does not fit, the tabs around the active one.
  package func spans(width: Int) -> [Span] {
    var first = 0
    while first < active, spans(from: first).width > width { first += 1 }
    return spans(from: first)
  }

  private func spans(from first: Int) -> [Span] {
    titles.indices.dropFirst(first).flatMap { index in
      [Span(titles[index], index == active ? .tabActive : .tab)]
        + (index == titles.count - 1 ? [] : [Span(" ")])
    }
  }
}

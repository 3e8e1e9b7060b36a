/// The filter of a list: words, or an expression where its rows have what operators ask for.
enum ListFilter: Sendable, Hashable {
  case words(FilterWords)
  case expression(FilterExpression)

  init(_ text: String, _ source: ListSource) throws(FilterProblem) {
    guard source.facts != nil, text.contains(where: { "~|&()!\"'".contains($0) }) else {
      self = .words(FilterWords(text))
      return
    }
    self = .expression(try FilterExpression(text))
  }

  func matches(_ index: Int, _ source: ListSource, _ state: ConsoleState, _ screen: Screen) -> Bool
  {
    switch self {
    case .words(let words): words.isEmpty || words.match(source.fields(state, screen, index))
    case .expression(let expression):
      source.facts.map { expression.matches($0(state, screen, index)) } ?? true
    }
  }
}

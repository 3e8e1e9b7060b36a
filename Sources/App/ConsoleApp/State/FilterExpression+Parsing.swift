/// Reading a filter: words, operators, `&`, `|`, `!` and parentheses.
extension FilterExpression {
  static let help =
    "~m method ~t tool ~i id ~s server ~d req|res|ntf ~e errors ~b body ~>200ms ~k >10k ~a actor ~c decision"

  init(_ text: String) throws(FilterProblem) {
    var parser = FilterParser(try FilterParser.tokens(of: text))
    self = try parser.expression()
  }
}

private struct FilterParser {
  enum Token: Equatable {
    case sign(Character)
    case word(String)
  }

  private static let deepest = 50

  private var rest: ArraySlice<Token>
  private var depth = 0

  init(_ tokens: [Token]) { rest = tokens[...] }

  /// Signs stand for themselves outside quotes; `!` only in front of something.
  static func tokens(of text: String) throws(FilterProblem) -> [Token] {
    var tokens: [Token] = []
    var word: String?
    var quote: Character?
    func end() {
      if let word { tokens.append(.word(word)) }
      word = nil
    }
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        end()
      } else if "&|()".contains(character) || (character == "!" && word == nil) {
        end()
        tokens.append(.sign(character))
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw FilterProblem("the quote \(quote) is not closed") }
    end()
    return tokens
  }

  mutating func expression() throws(FilterProblem) -> FilterExpression {
    guard !rest.isEmpty else { return .all }
    let whole = try alternatives()
    if rest.first == .sign(")") { throw FilterProblem("a ) without its (") }
    return whole
  }

  private mutating func alternatives() throws(FilterProblem) -> FilterExpression {
    var left = try conjunction()
    while take("|") { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(FilterProblem) -> FilterExpression {
    var left = try term()
    while let next = rest.first, next != .sign("|"), next != .sign(")") {
      _ = take("&")
      left = .and(left, try term())
    }
    return left
  }

  private mutating func term() throws(FilterProblem) -> FilterExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else { throw FilterProblem("it is nested too deep") }
    if take("!") { return .not(try term()) }
    if take("(") {
      let inner = try alternatives()
      guard take(")") else { throw FilterProblem("a ( without its )") }
      return inner
    }
    guard case .word(let word)? = rest.popFirst() else {
      throw FilterProblem("something is missing at its end or beside a sign")
    }
    return word.hasPrefix("~") ? try operation(word) : .word(FilterNeedle(word))
  }

  private mutating func operation(_ word: String) throws(FilterProblem) -> FilterExpression {
    let name = word.dropFirst()
    switch name.first {
    case ">", "<": return .time(try FilterRange(String(name), units: FilterRange.times))
    case "e" where name.count == 1: return .error
    case "d" where name.count == 1: return .kind(try argument(word).lowercased())
    case "k" where name.count == 1:
      return .size(try FilterRange(try argument(word), units: FilterRange.sizes))
    case let letter? where name.count == 1:
      guard let part = FilterOperator(rawValue: letter) else { break }
      return .text(part, FilterNeedle(try argument(word)))
    default: break
    }
    throw FilterProblem("\(word) is unknown; there are \(FilterExpression.help)")
  }

  private mutating func argument(_ word: String) throws(FilterProblem) -> String {
    guard case .word(let text)? = rest.first, !text.hasPrefix("~") else {
      throw FilterProblem("\(word) needs a word after it")
    }
    rest = rest.dropFirst()
    return text
  }

  private mutating func take(_ sign: Character) -> Bool {
    guard rest.first == .sign(sign) else { return false }
    rest = rest.dropFirst()
    return true
  }
}

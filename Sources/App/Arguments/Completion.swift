/// What a shell may offer for the last word of an unfinished command line.
package struct Completion: Sendable, Equatable {
  package struct Candidate: Sendable, Equatable {
    package let word: String
    package let help: String

    package init(word: String, help: String) {
      self.word = word
      self.help = help
    }
  }

  /// What else to offer besides the candidates.
  package enum Source: Sendable, Equatable {
    case nothing, files, directories
    /// Words that only the running program knows.
    case known(String)
  }

  package var candidates: [Candidate] = []
  package var source: Source = .nothing
  /// What the finished words say, as far as they are understood.
  package var parsed: ParsedArguments?
  /// The unfinished word.
  package var typed = ""

  /// Reads the words after the program's name; the last one, perhaps empty, is being typed.
  package static func offer(for words: [String], in grammar: Grammar) -> Completion {
    let typed = words.last ?? ""
    var offer = CompletionReader(grammar).offer(before: Array(words.dropLast()), typed: typed)
    offer.candidates = offer.candidates.filter { $0.word.hasPrefix(typed) }
    offer.typed = typed
    return offer
  }
}

/// Walks the finished words to learn which row the unfinished one belongs to.
private struct CompletionReader {
  let grammar: Grammar

  init(_ grammar: Grammar) { self.grammar = grammar }

  func offer(before words: [String], typed: String) -> Completion {
    let two = words.prefix(2).joined(separator: " ")
    if words.count > 1, let row = grammar.command(named: two) {
      return offer(row, before: words.dropFirst(2), typed: typed)
    }
    if let first = words.first, let row = grammar.command(named: first) {
      return offer(row, before: words.dropFirst(), typed: typed)
    }
    return names(after: words)
  }

  private func names(after words: [String]) -> Completion {
    let rows = grammar.listed.filter { Array($0.words.prefix(words.count)) == words }
    let next = rows.filter { $0.words.count > words.count }
    var offer = Completion()
    for row in next where !offer.candidates.contains(where: { $0.word == row.words[words.count] }) {
      let isLast = row.words.count == words.count + 1
      offer.candidates.append(
        .init(word: row.words[words.count], help: isLast ? row.summary : ""))
    }
    if words.isEmpty { offer.candidates += Grammar.ownOptions.map(Self.candidate) }
    return offer
  }

  private func offer(
    _ row: CommandRow, before words: ArraySlice<String>, typed: String
  ) -> Completion {
    var left = words
    var parsed = ParsedArguments(command: row)
    var places: [String] = []
    while let word = left.popFirst() {
      if word == "--" { return Completion(source: .files) }
      guard let option = row.allOptions.first(where: { $0.isTyped(as: word) }) else {
        if !word.hasPrefix("-") || word.count == 1 { places.append(word) }
        continue
      }
      let inline = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }
      guard let value = option.value else { continue }
      guard let given = inline ?? left.popFirst() else { return values(value.kind) }
      parsed.optionValues[option.name, default: []].append(given)
    }
    if typed.hasPrefix("-") { return options(of: row, typed: typed) }
    var offer = positional(of: row, at: places.count)
    offer.parsed = Self.filled(parsed, with: places)
    return offer
  }

  /// The words by their places, the last place taking all that are left.
  private static func filled(_ parsed: ParsedArguments, with words: [String]) -> ParsedArguments {
    var parsed = parsed
    let rows = parsed.command.positionals
    for (index, word) in words.enumerated() {
      guard let row = index < rows.count ? rows[index] : rows.last else { break }
      parsed.positionalValues[row.name, default: []].append(word)
    }
    return parsed
  }

  private func options(of row: CommandRow, typed: String) -> Completion {
    guard let equals = typed.firstIndex(of: "="),
      let option = row.allOptions.first(where: { $0.isTyped(as: typed) }), let value = option.value
    else { return Completion(candidates: row.allOptions.map(Self.candidate)) }
    var offer = values(value.kind)
    let head = typed[...equals]
    offer.candidates = offer.candidates.map { .init(word: head + $0.word, help: $0.help) }
    return offer
  }

  private func positional(of row: CommandRow, at place: Int) -> Completion {
    let rows = row.positionals
    if place < rows.count { return values(at: place, of: row) }
    guard let last = rows.last, last.count == .any else { return Completion() }
    return values(last.value.kind)
  }

  /// In the place of an optional word of a fixed list the next place's may stand.
  private func values(at place: Int, of row: CommandRow) -> Completion {
    let rows = row.positionals
    var offer = values(rows[place].value.kind)
    if row.mayBeSkipped(rows[place]) {
      offer.source = values(rows[place + 1].value.kind).source
    }
    return offer
  }

  private func values(_ kind: ValueKind) -> Completion {
    switch kind {
    case .text, .integer, .seconds: Completion()
    case .file: Completion(source: .files)
    case .directory: Completion(source: .directories)
    case .choice(let words, _): Completion(candidates: words.map { .init(word: $0, help: "") })
    case .known(let name): Completion(source: .known(name))
    }
  }

  private static func candidate(_ option: OptionRow) -> Completion.Candidate {
    .init(word: option.flag, help: option.help)
  }
}

extension OptionRow {
  /// Whether a word on the command line is this option, `--name=value` included.
  func isTyped(as word: String) -> Bool {
    word == flag || word.hasPrefix(flag + "=") || short.map { word == "-\($0)" } ?? false
  }
}

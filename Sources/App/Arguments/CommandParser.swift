/// Fits the words after a command's name to its rows.
struct CommandParser {
  private let row: CommandRow
  private var words: ArraySlice<String>
  private var places: [String] = []
  private var parsed: ParsedArguments
  private var wantsHelp = false

  init(_ row: CommandRow, words: [String]) {
    self.row = row
    self.words = words[...]
    parsed = ParsedArguments(command: row)
  }

  mutating func run() throws(ArgumentError) -> Grammar.Request {
    while let word = words.popFirst() {
      try take(word)
      if wantsHelp { return .help(row) }
    }
    try fillPositionals()
    if let missing = row.options.first(where: { $0.isRequired && !parsed.has($0) }) {
      throw error(.missingOption(missing.flag, value: missing.value?.name ?? ""))
    }
    return .run(parsed)
  }

  private mutating func take(_ word: String) throws(ArgumentError) {
    if word == "--", row.rest != nil, let next = words.first, isDashed(next) {
      // No program's name begins with a dash: the word is the next place's.
      places.append(next)
      words.removeFirst()
    } else if word == "--" {
      if row.rest == nil { places += words } else { parsed.rest = Array(words) }
      words = []
    } else if word.hasPrefix("--") {
      try takeLong(word)
    } else if word.hasPrefix("-"), word.count > 1 {
      try takeShort(word)
    } else {
      places.append(word)
    }
  }

  private func isDashed(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && word != "--"
  }

  private func error(_ problem: ArgumentError.Problem) -> ArgumentError {
    ArgumentError(problem, in: row.name)
  }
}

// MARK: - Options

extension CommandParser {
  private mutating func takeLong(_ word: String) throws(ArgumentError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let flag = String(parts[0])
    guard let option = row.allOptions.first(where: { $0.flag == flag }) else {
      let near = Spelling.nearest(to: flag, in: row.allOptions.map(\.flag))
      throw error(.unknownOption(flag, near: near))
    }
    guard parts.count == 2 else { return try give(option, nextValue(for: option, as: flag)) }
    guard option.value != nil else { throw error(.unexpectedValue(option: flag)) }
    try give(option, String(parts[1]))
  }

  /// `-x`, `-xVALUE`, or several flags in one word.
  private mutating func takeShort(_ word: String) throws(ArgumentError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = row.allOptions.first(where: { $0.short == letter }) else {
        throw error(.unknownOption("-\(letter)", near: []))
      }
      if option.value != nil, !letters.isEmpty { return try give(option, String(letters)) }
      try give(option, nextValue(for: option, as: "-\(letter)"))
    }
  }

  /// An option's name is no value: `--schema --json` has forgotten one.
  private mutating func nextValue(
    for option: OptionRow, as typed: String
  ) throws(ArgumentError) -> String {
    guard let value = option.value else { return "" }
    guard let next = words.first, next != "--", !isOption(next) else {
      throw error(.missingValue(option: typed, name: value.name))
    }
    words.removeFirst()
    return next
  }

  private func isOption(_ word: String) -> Bool {
    row.allOptions.contains { $0.isTyped(as: word) }
  }

  private mutating func give(_ option: OptionRow, _ text: String) throws(ArgumentError) {
    if option == .help {
      wantsHelp = true
      return
    }
    if option.value != nil, !option.repeats, parsed.has(option) {
      throw error(.repeated(option: option.flag))
    }
    if let objection = option.value?.kind.objection(to: text) {
      throw error(.badValue(text, of: option.flag, expected: objection))
    }
    parsed.optionValues[option.name, default: []].append(text)
  }
}

// MARK: - Positionals

extension CommandParser {
  private mutating func fillPositionals() throws(ArgumentError) {
    var left = places[...]
    var skipped: PositionalRow?
    for place in row.positionals {
      if place.yieldsToRest, !parsed.rest.isEmpty { continue }
      let taken = place.count == .any ? left : left.prefix(1)
      if place.count == .one, taken.isEmpty { throw error(.missingPositional(place.name)) }
      if isSkipped(place, before: taken.first) {
        skipped = place
        continue
      }
      left = left.dropFirst(taken.count)
      for text in taken { try give(place, text) }
    }
    if let extra = left.first {
      // One word more than there are places for: the first was meant for the place that was left out.
      if let skipped, let first = places.first { try give(skipped, first) }
      throw error(.unexpectedWord(extra))
    }
  }

  private func isSkipped(_ place: PositionalRow, before word: String?) -> Bool {
    guard let word, row.mayBeSkipped(place) else { return false }
    return place.value.kind.objection(to: word) != nil
  }

  private mutating func give(_ place: PositionalRow, _ text: String) throws(ArgumentError) {
    if let objection = place.value.kind.objection(to: text) {
      throw error(.badValue(text, of: place.name, expected: objection))
    }
    parsed.positionalValues[place.name, default: []].append(text)
  }
}

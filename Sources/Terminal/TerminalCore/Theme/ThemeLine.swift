/// The grammar inside one line of a theme file.
enum ThemeLine {
  struct Problem: Error {
    let message: String
  }

  /// Without its comment and outer spaces. A `#` opens a comment only where a space or nothing follows it or it heads the line:
  /// `#d8dee9` is a colour.
  static func stripped(_ raw: Substring) -> String {
    var end = raw.endIndex
    var isQuoted = false
    for index in raw.indices {
      if raw[index] == "\"" { isQuoted.toggle() }
      guard raw[index] == "#", !isQuoted else { continue }
      let next = raw.index(after: index)
      let head = raw[..<index].allSatisfy { $0 == " " || $0 == "\t" }
      if head || next == raw.endIndex || raw[next] == " " {
        end = index
        break
      }
    }
    return trimmed(raw[..<end])
  }

  static func pair(_ text: String) -> (key: String, value: String)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let key = trimmed(text[..<equals])
    return key.isEmpty ? nil : (key, trimmed(text[text.index(after: equals)...]))
  }

  static func unquoted(_ value: String) -> String {
    guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
    return String(value.dropFirst().dropLast())
  }

  /// `fg [on bg] [effects]`, each colour with up to three spellings joined by `/`.
  static func entry(
    _ value: String, palette: [String: ThemeColor]
  ) -> Result<Theme.Entry, Problem> {
    var words = value.split { $0 == " " || $0 == "\t" || $0 == "," }
    var entry = Theme.Entry()
    while let word = words.last, let effect = effect(String(word)) {
      entry.effects.formUnion(effect)
      words.removeLast()
    }
    let sides = words.split(separator: "on", maxSplits: 1, omittingEmptySubsequences: false)
    for (index, side) in sides.enumerated() where !side.isEmpty {
      switch color(side.filter { $0 != "/" }, palette: palette) {
      case .success(let color) where index == 0: entry.foreground = color
      case .success(let color): entry.background = color
      case .failure(let problem): return .failure(problem)
      }
    }
    if sides.count == 2, sides[1].isEmpty {
      return .failure(Problem(message: "no colour after \"on\""))
    }
    return .success(entry)
  }

  /// Spellings of one colour: `#rrggbb`, a number below 256, an ANSI name, `default` or a name of the palette.
  static func color(
    _ words: some Collection<Substring>, palette: [String: ThemeColor]
  ) -> Result<ThemeColor, Problem> {
    guard !words.isEmpty else { return .failure(Problem(message: "no colour given")) }
    var color = ThemeColor()
    for word in words.map(String.init) {
      if word == "default" {
        color = .standard
      } else if let rgb = rgb(word) {
        color.rgb = rgb
      } else if let index = UInt8(word) {
        color.indexed = index
      } else if let ansi = ThemeColor.ansiNames.firstIndex(of: word) {
        color.ansi = UInt8(ansi)
      } else if let named = palette[word] {
        color = named
      } else {
        return .failure(Problem(message: "unknown colour \(word)"))
      }
    }
    return .success(color)
  }

  private static func effect(_ word: String) -> Effects? {
    if word == "plain" { return [] }
    return Effects.names.first { $0.name == word }?.effect
  }

  private static func rgb(_ word: String) -> RGB? {
    guard word.hasPrefix("#"), word.utf8.count == 7, let value = UInt32(word.dropFirst(), radix: 16)
    else { return nil }
    return RGB(
      UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
      UInt8(truncatingIfNeeded: value))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return String(text)
  }
}

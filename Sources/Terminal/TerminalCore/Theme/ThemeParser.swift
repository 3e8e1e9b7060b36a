/// Something in a theme file that was passed over, with its line counted from 1.
package struct ThemeWarning: Sendable, Hashable, CustomStringConvertible {
  package let line: Int
  package let message: String

  package var description: String { "line \(line): \(message)" }
}

/// Reads the theme format: sections of `key = value`, `#` comments. A bad line is a warning, never a failure.
package struct ThemeParser {
  /// Finds the text of a theme that another one inherits from.
  package typealias Source = (_ name: String) -> String?

  /// A chain of `inherits` longer than this is a circle.
  private static let deepest = 8

  package private(set) var theme: Theme
  package private(set) var warnings: [ThemeWarning] = []
  private var palette: [String: ThemeColor] = [:]
  /// Styles as written: they are resolved last, so that a theme can inherit styles and change only the palette under them.
  private var styles: [Role: StyleRow] = [:]
  private var ownBase: Theme.Base?
  private var section = ""
  private var hasParent = false
  private var line = 0
  private let source: Source
  private let depth: Int

  private struct StyleRow {
    let value: String
    /// Nil for an inherited row: its faults belong to its own file.
    var line: Int?
  }

  /// The theme and what was wrong in its own file; warnings of inherited files belong to those.
  package static func parse(
    _ text: String, name: String, source: @escaping Source = { _ in nil }
  ) -> (theme: Theme, warnings: [ThemeWarning]) {
    var parser = read(text, name: name, source: source, depth: 0)
    parser.resolveStyles()
    return (parser.theme, parser.warnings)
  }

  private static func read(
    _ text: String, name: String, source: @escaping Source, depth: Int
  ) -> ThemeParser {
    var parser = ThemeParser(theme: Theme(name: name), source: source, depth: depth)
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      parser.line += 1
      parser.take(line)
    }
    return parser
  }

  private init(theme: Theme, source: @escaping Source, depth: Int) {
    self.theme = theme
    self.source = source
    self.depth = depth
  }

  private mutating func warn(_ message: String) {
    warnings.append(ThemeWarning(line: line, message: message))
  }

  // MARK: - Lines

  private mutating func take(_ raw: Substring) {
    let text = ThemeLine.stripped(raw)
    if text.isEmpty { return }
    if text.hasPrefix("["), text.hasSuffix("]") {
      section = String(text.dropFirst().dropLast())
      if !Self.sections.keys.contains(section) { warn("unknown section [\(section)]") }
      return
    }
    guard let (key, value) = ThemeLine.pair(text) else {
      return warn("expected key = value")
    }
    if let take = Self.sections[section] { take(&self, key, value) }
  }

  private static let sections: [String: @Sendable (inout ThemeParser, String, String) -> Void] = [
    "meta": { $0.takeMeta($1, $2) },
    "palette": { $0.takePalette($1, $2) },
    "style": { $0.takeStyle($1, $2) },
    "style.mono": { $0.takeMono($1, $2) },
    "glyphs": { $0.takeGlyph($1, $2) },
  ]

  private mutating func takeMeta(_ key: String, _ value: String) {
    switch key {
    case "name": theme.name = value
    case "base":
      ownBase = Theme.Base(rawValue: value)
      if let ownBase { theme.base = ownBase } else { warn("base is dark or light") }
    case "inherits": inherit(value)
    default: warn("unknown key \(key)")
    }
  }

  private mutating func inherit(_ name: String) {
    // With one parent each, a circle costs a few readings; with several it would cost their power.
    guard !hasParent else { return warn("a theme inherits from one other") }
    hasParent = true
    guard depth < Self.deepest else { return warn("inherits goes round in a circle") }
    guard let text = source(name) else { return warn("no theme named \(name) to inherit from") }
    let parent = Self.read(text, name: name, source: source, depth: depth + 1)
    let name = theme.name
    theme = parent.theme
    theme.name = name
    theme.base = ownBase ?? parent.theme.base
    palette = parent.palette
    styles = parent.styles.mapValues { StyleRow(value: $0.value, line: nil) }
  }

  private mutating func takePalette(_ key: String, _ value: String) {
    switch ThemeLine.color(value.split(separator: " ").filter { $0 != "/" }, palette: palette) {
    case .success(let color): palette[key] = color
    case .failure(let problem): warn(problem.message)
    }
  }

  private mutating func takeStyle(_ key: String, _ value: String) {
    guard let role = Role(named: key) else { return warn("unknown role \(key)") }
    styles[role] = StyleRow(value: value, line: line)
  }

  private mutating func resolveStyles() {
    for role in Role.allCases {
      guard let row = styles[role] else { continue }
      switch ThemeLine.entry(row.value, palette: palette) {
      case .success(let entry): theme.entries[role] = entry
      case .failure(let problem):
        if let line = row.line {
          warnings.append(ThemeWarning(line: line, message: problem.message))
        }
      }
    }
    warnings.sort { $0.line < $1.line }
  }

  private mutating func takeMono(_ key: String, _ value: String) {
    guard let role = Role(named: key) else { return warn("unknown role \(key)") }
    switch ThemeLine.entry(value, palette: [:]) {
    case .success(let entry) where entry.foreground == nil && entry.background == nil:
      theme.mono[role] = entry.effects
    case .success: warn("no colours in [style.mono]")
    case .failure(let problem): warn(problem.message)
    }
  }

  private mutating func takeGlyph(_ key: String, _ value: String) {
    if key == "set" {
      guard ["unicode", "ascii"].contains(value) else { return warn("set is unicode or ascii") }
      theme.signs.isASCII = value == "ascii"
      return
    }
    guard let sign = Sign(rawValue: key) else { return warn("unknown glyph \(key)") }
    let text = ThemeLine.unquoted(value)
    guard CharacterWidth.of(text) == CharacterWidth.of(SignSet()[sign]) else {
      return warn("glyph \(key) must be \(CharacterWidth.of(SignSet()[sign])) column wide")
    }
    theme.signs.overrides[sign] = text
  }
}

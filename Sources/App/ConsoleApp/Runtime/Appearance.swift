package import TerminalCore

/// What a person asked of the looks, and what the environment says of them.
package struct Appearance: Sendable {
  package var theme: ResolvedTheme
  package var signs: SignSet
  /// The name of the theme, for whoever follows its file.
  package var name: String
  /// Where its file may be.
  package var folders: [String]
  /// What was wrong with the wish, a sentence each.
  package var notices: [String]

  /// A wish as the command line and the environment give it.
  package struct Wish: Sendable, Hashable {
    package var theme: String?
    package var color: ColorRequest
    package var isASCII: Bool

    package init(theme: String? = nil, color: ColorRequest = .auto, isASCII: Bool = false) {
      self.theme = theme
      self.color = color
      self.isASCII = isASCII
    }
  }

  /// The looks for a terminal that promises so many colours.
  package static func chosen(
    _ wish: Wish, environment: [String: String], colors: Int, isASCII: Bool
  ) -> Appearance {
    chosen(
      wish, environment: environment, colors: colors, isASCII: isASCII,
      files: ThemeFiles(environment: environment, program: ThemeFiles.programPath()))
  }

  static func chosen(
    _ wish: Wish, environment: [String: String], colors: Int, isASCII: Bool, files: ThemeFiles
  ) -> Appearance {
    let depth = ColorDepth.chosen(request: wish.color, environment: environment, terminal: colors)
    let name = wish.theme ?? environment["ALIDADE_THEME"] ?? standardName(environment)
    let (theme, notices) = load(name, from: files)
    var signs = theme.signs
    signs.isASCII = signs.isASCII || isASCII || wish.isASCII
    return Appearance(
      theme: ResolvedTheme(theme, depth: depth), signs: signs, name: name, folders: files.folders,
      notices: notices)
  }

  private static func load(_ name: String, from files: ThemeFiles) -> (Theme, [String]) {
    guard let text = files.text(of: name) else {
      return (.builtIn, ["no theme named \(name); drawing with default-dark"])
    }
    let (theme, warnings) = ThemeParser.parse(text, name: name, source: files.text)
    return (theme, warnings.map { "theme \(name), \($0)" })
  }

  /// Terminals that set COLORFGBG tell their background as its last number: 7 and 15 are light.
  private static func standardName(_ environment: [String: String]) -> String {
    let background = environment["COLORFGBG"]?.split(separator: ";").last
    return background == "7" || background == "15" ? "default-light" : "default-dark"
  }
}

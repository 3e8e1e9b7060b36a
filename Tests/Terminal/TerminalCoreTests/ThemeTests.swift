import TerminalCore
import TestSupport
import Testing

private func shipped(_ name: String) -> String? { Repository.text(of: "themes/\(name).theme") }

private func parsed(_ text: String) -> (theme: Theme, warnings: [ThemeWarning]) {
  ThemeParser.parse(text, name: "test", source: shipped)
}

private let shippedNames = Repository.files(under: "themes").compactMap { path -> String? in
  guard path.hasSuffix(".theme"), let name = path.split(separator: "/").last else { return nil }
  return String(name.dropLast(".theme".count))
}

struct ThemeTests {
  @Test func `the default theme needs no file`() {
    #expect(Theme.builtInText == shipped("default-dark"))
    #expect(Theme.builtIn.name == "default-dark")
  }

  @Test(arguments: shippedNames) func `a shipped theme is whole`(name: String) throws {
    let (theme, warnings) = parsed(try #require(shipped(name)))
    #expect(warnings.isEmpty)
    #expect(theme.name == name)
    for role in Role.allCases { #expect(theme.entries[role] != nil, "\(role.name)") }
  }

  @Test(arguments: shippedNames) func `a shipped theme tells states apart without colour`(
    name: String
  ) throws {
    let theme = parsed(try #require(shipped(name))).theme
    let pairs: [(Role, Role)] = [
      (.stateOK, .stateError), (.scopeGranted, .scopeMissing), (.diffAdd, .diffDelete),
      (.text, .selection), (.text, .error), (.tab, .tabActive), (.badgeReadOnly, .badgeDestructive),
      (.levelInfo, .levelError),
    ]
    for (left, right) in pairs {
      #expect(
        theme.attributes(of: Style(left), depth: .mono)
          != theme.attributes(of: Style(right), depth: .mono), "\(left.name) \(right.name)")
    }
  }

  @Test func `colours fall back with the depth`() {
    let theme = parsed(
      """
      [palette]
      sea = #5fafd7 / 74 / cyan
      odd = #ff0000
      own = bright-red
      [style]
      key = sea on odd bold
      link = own
      """
    ).theme
    let key = Style(.key)
    #expect(
      theme.attributes(of: key, depth: .direct)
        == Attributes(
          foreground: .rgb(RGB(0x5F, 0xAF, 0xD7)), background: .rgb(RGB(255, 0, 0)), effects: .bold)
    )
    #expect(
      theme.attributes(of: key, depth: .indexed)
        == Attributes(foreground: .index(74), background: .index(196), effects: .bold))
    #expect(
      theme.attributes(of: key, depth: .sixteen)
        == Attributes(foreground: .index(6), background: .index(9), effects: .bold))
    #expect(
      theme.attributes(of: key, depth: .eight)
        == Attributes(foreground: .index(6), background: .index(1), effects: .bold))
    #expect(theme.attributes(of: key, depth: .mono) == Attributes(effects: .bold))
    #expect(theme.attributes(of: Style(.link), depth: .direct).foreground == .index(9))
  }

  @Test func `a role keeps its colour on a surface and takes its background`() {
    let theme = parsed(
      """
      [style]
      key = cyan
      badge.net = black on yellow
      selection = white on blue bold
      [style.mono]
      selection = reverse
      key = bold
      """
    ).theme
    func resolved(_ style: Style, _ depth: ColorDepth = .sixteen) -> Attributes {
      theme.attributes(of: style, depth: depth)
    }
    #expect(
      resolved(Style(.key, on: .selection))
        == Attributes(foreground: .index(6), background: .index(4), effects: .bold))
    #expect(
      resolved(Style(.text, on: .selection))
        == Attributes(foreground: .index(7), background: .index(4), effects: .bold))
    #expect(resolved(Style(.badgeNet, on: .selection)).background == .index(3))
    #expect(resolved(Style(.key, on: .selection), .mono) == Attributes(effects: [.bold, .reverse]))
    let table = ResolvedTheme(theme, depth: .sixteen)
    #expect(table[Style(.key, on: .selection)] == resolved(Style(.key, on: .selection)))
  }

  @Test func `an inherited style takes the palette of its heir`() {
    let theme = parsed("[meta]\ninherits = default-dark\n[palette]\nsea = magenta\n").theme
    #expect(theme.entries[.key]?.foreground == ThemeColor(ansi: 5))
    #expect(theme.entries[.key]?.effects == .bold)
    #expect(theme.mono[.selection] == .reverse)
  }

  @Test func `what cannot be read is a warning with its line`() {
    let rows: [(String, Int, String)] = [
      ("[palette]\nsea = #12345", 2, "unknown colour #12345"),
      ("[style]\n\nfoo = red", 3, "unknown role foo"),
      ("[style]\nkey = teal", 2, "unknown colour teal"),
      ("[style]\nkey = red on", 2, "no colour after \"on\""),
      ("[style]\nkey", 2, "expected key = value"),
      ("[nonsense]", 1, "unknown section [nonsense]"),
      ("[meta]\nbase = gray", 2, "base is dark or light"),
      ("[meta]\ncolour = red", 2, "unknown key colour"),
      ("[meta]\ninherits = nowhere", 2, "no theme named nowhere to inherit from"),
      ("[style.mono]\nkey = red", 2, "no colours in [style.mono]"),
      ("[glyphs]\nfoo = x", 2, "unknown glyph foo"),
      ("[glyphs]\nset = emoji", 2, "set is unicode or ascii"),
      ("[glyphs]\nselected = \"日\"", 2, "glyph selected must be 1 column wide"),
    ]
    for (text, line, message) in rows {
      #expect(parsed(text).warnings.map(\.description) == ["line \(line): \(message)"])
    }
  }

  @Test func `a theme that inherits from itself ends`() {
    let text = "[meta]\ninherits = loop\n"
    let (_, warnings) = ThemeParser.parse(text, name: "loop") { _ in text }
    #expect(warnings.isEmpty)
  }

  @Test func `comments, spaces and quotes are read as written`() {
    let theme = parsed(
      "# head\r\n[style] # section\r\n  key   =  #ff0000   bold # red\r\n[glyphs]\r\nselected = \"#\"\r\n"
    )
    #expect(theme.warnings.isEmpty)
    #expect(theme.theme.entries[.key]?.foreground == ThemeColor(rgb: RGB(255, 0, 0)))
    #expect(theme.theme.signs[.selected] == "#")
  }

  @Test func `ASCII signs are ASCII, whatever a theme overrides`() {
    var signs = SignSet(isASCII: true)
    signs.overrides = [.selected: "▶", .on: "+"]
    for sign in Sign.allCases { #expect(signs[sign].utf8.allSatisfy { $0 < 0x80 }) }
    #expect(signs[.on] == "+")
  }

  @Test func `a theme has one parent, and a circle of parents ends soon`() {
    var readings = 0
    let circle = "[meta]\n" + String(repeating: "inherits = again\n", count: 20)
    let (_, warnings) = ThemeParser.parse(circle, name: "test") { _ in
      readings += 1
      return circle
    }
    #expect(readings < 20)
    #expect(warnings.first?.description == "line 3: a theme inherits from one other")
    #expect(warnings.count == 19)
  }

  @Test func `role names are the format's and read back`() {
    #expect(Set(Role.allCases.map(\.name)).count == Role.allCases.count)
    for role in Role.allCases { #expect(Role(named: role.name) == role) }
    #expect(Role.badgeReadOnly.name == "badge.ro")
    #expect(Role.jsonPunctuation.name == "json.punct")
  }
}

struct ColorDepthTests {
  @Test func `request, environment and terminal choose the depth`() {
    let rows: [(ColorRequest, [String: String], Int, ColorDepth)] = [
      (.auto, [:], 256, .indexed), (.auto, [:], 8, .eight), (.auto, [:], 16, .sixteen),
      (.auto, [:], 0, .mono), (.auto, ["NO_COLOR": "1"], 256, .mono),
      (.auto, ["NO_COLOR": ""], 256, .indexed), (.auto, ["COLORTERM": "truecolor"], 256, .direct),
      (.auto, ["COLORTERM": "24bit"], 256, .direct), (.auto, ["COLORTERM": "yes"], 256, .indexed),
      (.auto, ["TERM": "xterm-direct"], 1 << 24, .direct),
      (.auto, ["NO_COLOR": "1", "COLORTERM": "truecolor"], 256, .mono),
      (.sixteen, ["NO_COLOR": "1"], 256, .sixteen), (.mono, [:], 256, .mono),
      (.direct, [:], 256, .direct), (.indexed, [:], 0, .mono),
    ]
    for (request, environment, colors, depth) in rows {
      #expect(
        ColorDepth.chosen(request: request, environment: environment, terminal: colors) == depth)
    }
  }
}

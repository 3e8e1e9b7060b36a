import TestSupport
import Testing

@testable import TerminalCore

private let files = Repository.files(under: "themes").filter { $0.hasSuffix(".theme") }

private func theme(_ file: String) -> (theme: Theme, warnings: [ThemeWarning]) {
  let name = file.split(separator: "/").last?.dropLast(6) ?? ""
  return ThemeParser.parse(Repository.text(of: file) ?? "", name: String(name)) {
    Repository.text(of: "themes/\($0).theme")
  }
}

/// Themes with colours of their own; the others take those of the terminal.
private let colored = files.filter { !["mono", "terminal-16"].contains(where: $0.contains) }

struct ThemeLintTests {
  @Test func `there are twelve themes and each is called like its file`() {
    #expect(files.count >= 12)
    for file in files { #expect("themes/\(theme(file).theme.name).theme" == file) }
  }

  @Test(arguments: files)
  func `a theme says nothing wrong and every role resolves at every depth`(file: String) {
    let (theme, warnings) = theme(file)
    #expect(warnings.map(\.description) == [])
    for depth in ColorDepth.allCases {
      let table = ResolvedTheme(theme, depth: depth)
      for role in Role.allCases {
        let look = table[Style(role)]
        if depth == .mono { #expect(look.foreground == .standard, "\(role)") }
      }
    }
  }

  @Test(arguments: colored)
  func `words can be read on every ground`(file: String) {
    let (theme, _) = theme(file)
    let paper = theme.ground
    let needed = theme.name.hasPrefix("high-contrast") ? 7.0 : 4.5
    for role in Role.allCases where !Self.lines.contains(role) {
      guard let entry = theme.entries[role], let ink = entry.foreground?.approximate else {
        continue
      }
      let ground = entry.background?.approximate ?? paper
      #expect(Contrast.of(ink, ground) >= needed, "\(role.name) of \(theme.name)")
      guard entry.background == nil, let under = theme.entries[.selection]?.background?.approximate
      else { continue }
      #expect(Contrast.of(ink, under) >= 3, "\(role.name) of \(theme.name), selected")
    }
  }

  /// Frames and bars are seen, not read.
  private static let lines: Set<Role> = [.border, .scrollbar, .cursor]

  @Test(arguments: colored)
  func `good and bad are told apart without their hue`(file: String) {
    let (theme, _) = theme(file)
    let pairs: [(Role, Role)] = [
      (.stateOK, .stateError), (.scopeGranted, .scopeMissing), (.diffAdd, .diffDelete),
      (.badgeReadOnly, .badgeDestructive), (.methodResult, .methodError),
    ]
    for (good, bad) in pairs {
      let (one, other) = (theme.entries[good], theme.entries[bad])
      let isOtherEffect = one?.effects != other?.effects
      let light = one?.foreground?.approximate.flatMap { left in
        other?.foreground?.approximate.map { Contrast.of(left, $0) }
      }
      #expect(isOtherEffect || (light ?? 1) >= 1.4, "\(good.name) and \(bad.name) of \(theme.name)")
    }
  }
}

extension Theme {
  /// The background that the theme is made for.
  fileprivate var ground: RGB {
    entries[.match]?.foreground?.approximate
      ?? (base == .dark ? RGB(16, 20, 26) : RGB(255, 255, 255))
  }
}

/// How far apart two colours are in lightness, as accessibility guidelines count it: 1 to 21.
private enum Contrast {
  static func of(_ one: RGB, _ other: RGB) -> Double {
    let (light, dark) = (
      max(luminance(one), luminance(other)), min(luminance(one), luminance(other))
    )
    return (light + 0.05) / (dark + 0.05)
  }

  private static func luminance(_ color: RGB) -> Double {
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  private static func linear(_ byte: UInt8) -> Double {
    let part = Double(byte) / 255
    return part <= 0.03928 ? part / 12.92 : power((part + 0.055) / 1.055)
  }

  /// x to the 2.4th: x², and the fifth root of x² by Newton's steps.
  private static func power(_ x: Double) -> Double {
    var root = max(x, 0.01)
    for _ in 0..<60 {
      root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
    }
    return x * x * root
  }
}

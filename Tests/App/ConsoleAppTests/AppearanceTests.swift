import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp

private func chosen(
  _ environment: [String: String], wish: Appearance.Wish = .init(), colors: Int = 256,
  isASCII: Bool = false
) -> Appearance {
  Appearance.chosen(
    wish, environment: environment, colors: colors, isASCII: isASCII,
    files: ThemeFiles(environment: [:], program: "\(Repository.root)/.build/debug/alidade"))
}

struct AppearanceTests {
  @Test func `themes are found beside the manifest of a build tree`() {
    let light = chosen([:], wish: .init(theme: "default-light"))
    #expect(light.theme.theme.name == "default-light")
    #expect(light.notices.isEmpty)
    #expect(chosen(["ALIDADE_THEME": "mono"]).theme.theme.name == "mono")
  }

  @Test func `an installed program looks in share and in the user's configuration`() {
    let files = ThemeFiles(environment: ["HOME": "/home/ann"], program: "/opt/a/bin/alidade")
    #expect(
      files.folders == [
        "/home/ann/.config/alidade/themes", "/opt/a/share/alidade/themes",
        "/usr/local/share/alidade/themes", "/usr/share/alidade/themes",
      ])
    #expect(
      ThemeFiles(environment: ["XDG_CONFIG_HOME": "/x"], program: "/b/alidade").folders.first
        == "/x/alidade/themes")
  }

  @Test func `a theme that is not there is said and the default drawn`() {
    let appearance = chosen([:], wish: .init(theme: "../../etc/passwd"))
    #expect(appearance.theme.theme.name == "default-dark")
    #expect(appearance.notices == ["no theme named ../../etc/passwd; drawing with default-dark"])
  }

  @Test func `the built-in theme needs no folder`() {
    let files = ThemeFiles(environment: [:], program: "/nowhere/bin/alidade")
    #expect(files.text(of: "default-dark") == Theme.builtInText)
  }

  @Test func `background, colours and characters follow the environment`() {
    #expect(chosen(["COLORFGBG": "0;15"]).theme.theme.name == "default-light")
    #expect(chosen(["COLORFGBG": "15;0"]).theme.theme.name == "default-dark")
    #expect(chosen(["NO_COLOR": "1"]).theme.depth == .mono)
    #expect(chosen([:], colors: 0).theme.depth == .mono)
    #expect(chosen([:], isASCII: true).signs.isASCII)
    #expect(chosen([:], wish: .init(isASCII: true)).signs.isASCII)
  }
}

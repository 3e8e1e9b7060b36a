import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp

/// The picture of the README comes from the window itself, so that it cannot be out of date.
struct ReadmePictureTests {
  @Test func `the picture of the README is what the window draws`() throws {
    let text = try #require(Repository.text(of: "themes/default-dark.theme"))
    let theme = ThemeParser.parse(text, name: "default-dark").theme
    let state = Sample.connected(100, 24)
    checkScreen(state, "picture-100x24")
    Golden.check(
      ScreenPicture.svg(
        of: ConsoleView.draw(state), in: theme, paper: "#10141a",
        describedAs: "The tools of a server, with what one of them takes"),
      against: "docs/window.svg")
    #expect(Repository.text(of: "README.md")?.contains("](docs/window.svg)") == true)
  }
}

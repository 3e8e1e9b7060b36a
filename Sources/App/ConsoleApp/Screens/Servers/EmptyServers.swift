import TerminalCore
import Widgets

/// What to do where no server is known yet.
enum EmptyServers {
  private static let lines: [TextView.Paragraph] = [
    .init("No server is known yet.", .title),
    .init(""),
    .init("Connect to one from the shell, or with : here:"),
    .init("alidade https://host/mcp", .key),
    .init("alidade -- npx -y some-server", .key),
    .init(""),
    .init("Or look around in systems that the program itself can be, offline:"),
    .init("alidade demo", .key),
    .init(""),
    .init(
      "Servers that other clients have configured appear here by themselves. Press R to look again."
    ),
  ]

  static func text(isLoaded: Bool) -> TextView {
    TextView(isLoaded ? lines : [.init("looking for servers", .dim)])
  }
}

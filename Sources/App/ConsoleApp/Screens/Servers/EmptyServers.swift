import TerminalCore
import Widgets

/// What to do where no server is known yet.
enum EmptyServers {
  private static func lines(_ state: ConsoleState) -> [TextView.Paragraph] {
    [
      .init("No server is known yet.", .title),
      .init(""),
      .init("Connect to one from the shell, or with \(state.key(of: "palette.open")) here:"),
      .init("alidade https://host/mcp", .key),
      .init("alidade -- npx -y some-server", .key),
      .init(""),
      .init("Or look around in systems that the program itself can be, offline:"),
      .init("alidade demo", .key),
      .init(""),
      .init(
        "Servers that other clients have configured appear here by themselves. "
          + "Press \(state.key(of: "view.refresh")) to look again."
      ),
    ]
  }

  static func text(_ state: ConsoleState) -> TextView {
    TextView(state.servers.isLoaded ? lines(state) : [.init("looking for servers", .dim)])
  }
}

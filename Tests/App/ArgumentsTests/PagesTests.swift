import Testing

@testable import Arguments

@Suite struct PagesTests {
  @Test func `help lists commands by section, hidden ones nowhere`() {
    let page = HelpPage.program(Sample.grammar)
    #expect(
      page == """
        tool: does things

        Usage:
          tool
          tool COMMAND [options]

        Work with a server:
          call          Call a tool
          list          List what a server offers

        Know your servers:
          servers add   Add a server
          servers list  List the servers

        Check files:
          check         Check a file

        Options:
          -V, --version  Show the version and exit
          -h, --help     Show help and exit

        `tool help COMMAND` tells more about a command.

        """)
  }

  @Test func `a command's page shows its words, options and examples`() {
    #expect(
      HelpPage.command(Sample.call, of: Sample.grammar) == """
        Call a tool.

        Usage:
          tool call TARGET TOOL [ARGUMENT…] [options] [-- COMMAND…]

        Arguments are typed by the tool's schema: `a=1` is a number only where one is
        due.

        Arguments:
          TARGET       The server
          TOOL         Its name
          [ARGUMENT…]  name=value
          -- COMMAND…  The command line of a server

        Options:
          -H, --header 'K: V'  Send this header
          --timeout S          Give up after this time
          -j, --json           Write JSON
          -v, --verbose        Tell more
          -h, --help           Show help and exit

        Examples:
          tool call http://localhost:1/mcp add a=1 b=2
              Over HTTP

        """)
  }

  @Test func `no line of help is wider than a terminal`() {
    let pages = Sample.grammar.listed.map { HelpPage.command($0, of: Sample.grammar) }
    for line in (pages + [HelpPage.program(Sample.grammar)]).joined().split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func `the man page escapes what roff would read as its own`() {
    #expect(ManualPage.escaped("a-b\\c") == "a\\-b\\ec")
    #expect(ManualPage.escaped(".mcp.json") == "\\&.mcp.json")
    #expect(ManualPage.escaped("'K: V'") == "\\&'K: V'")
    let page = ManualPage.text(of: Sample.grammar, version: "1", exitCodes: [(0, "Success")])
    #expect(page.hasPrefix(".TH TOOL 1"))
    #expect(page.contains(".SS tool call TARGET TOOL"))
    #expect(!page.contains("__secret"))
  }

  @Test func `the reference is a table a command`() {
    let page = Reference.markdown(of: Sample.grammar, exitCodes: [(0, "Success")])
    #expect(page.contains("### `tool servers add`"))
    #expect(page.contains("| `-H, --header 'K: V'` | Send this header |"))
    #expect(page.contains("| 0 | Success |"))
    #expect(!page.contains("__secret"))
  }
}

import Arguments
import TestSupport
import Testing

@testable import CommandLineApp

/// The command that words are read as; nil where they are refused, or ask for help.
private func command(_ words: [String]) -> String? {
  do throws(ArgumentError) {
    guard case .run(let arguments) = try Grammar.alidade(Command.all).parse(words) else {
      return nil
    }
    return arguments.command.name
  } catch {
    return nil
  }
}

@Suite(.inTurns) struct BareTargetTests {
  @Test(arguments: [
    ["https://mcp.example.test/mcp"], ["http://localhost:8000"], ["@demo"], ["demo:conformance"],
    ["--", "python", "server.py"], ["--", "https://odd.test"], ["python server.py --flag"],
    ["@demo", "--theme", "nord"], ["--theme", "nord"], ["--theme=nord", "@demo"], ["--mouse"],
    ["--run", ":quit"], ["--run=:tools", "--run", ":quit", "https://mcp.example.test/mcp"],
    ["--run", ":tools call add a=1", "--", "python", "server.py"], ["--accessible"], ["--ascii"],
    ["-H", "X-Key: 1", "https://mcp.example.test/mcp"], ["-e", "A=1", "--", "server"],
    ["--cwd", "/tmp", "--", "server"],
  ])
  func `a target or a wish for the window opens it without a word`(words: [String]) {
    #expect(command(words) == "open")
  }

  @Test(arguments: [
    ["--help"], ["-h"], ["--version"], ["--nonsense"], ["-z"], ["nonsense"], ["--theme"],
    ["localhost"], ["@demo", "and", "more"], ["--run"],
  ])
  func `other words do not`(words: [String]) { #expect(command(words) == nil) }

  @Test func `commands keep their names`() {
    #expect(command(["list", "tools", "@demo"]) == "list")
    #expect(command(["call", "@demo", "add", "a=1"]) == "call")
    #expect(command(["demo", "--theme", "nord"]) == "demo")
  }
}

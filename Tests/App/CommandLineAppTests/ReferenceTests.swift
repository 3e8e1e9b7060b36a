import Arguments
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct ReferenceTests {
  @Test func `the reference in the docs is what the rows say`() async {
    Golden.check(await CommandRun.of(["help", "--markdown"]).output, against: "docs/COMMANDS.md")
  }
}

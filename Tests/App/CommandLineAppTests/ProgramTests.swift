import Arguments
import Glibc
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct ProgramTests {
  @Test func `no words open the window`() async {
    let run = await CommandRun.of([])
    #expect(run.output == "window\n")
  }

  @Test func `the window is not opened where there is no terminal`() async {
    let run = await CommandRun.of([], isTerminal: false)
    #expect(run.code == .usage && run.output.isEmpty)
    #expect(run.errors.contains("needs a terminal"))
  }

  /// What make gave the build where a tag is known, or the number of the source.
  private static let version =
    getenv("ALIDADE_VERSION").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    ?? "0.1.0"

  @Test func `version is told for people and for scripts`() async {
    #expect(await CommandRun.of(["version"]).output == "alidade \(Self.version)\n")
    #expect(await CommandRun.of(["--version"]).output == "alidade \(Self.version)\n")
    #expect(
      await CommandRun.of(["version", "--json"]).output
        == #"{"name":"alidade","version":"\#(Self.version)"}"# + "\n")
  }

  @Test func `help goes to standard output, however it is asked for`() async {
    let page = await CommandRun.of(["help"])
    #expect(page.code == .ok && page.errors.isEmpty)
    #expect(await CommandRun.of(["--help"]).output == page.output)
    #expect(await CommandRun.of(["-h"]).output == page.output)
    let command = await CommandRun.of(["help", "version"])
    #expect(command.output.hasPrefix("Show the version."))
    #expect(await CommandRun.of(["version", "-h"]).output == command.output)
  }

  @Test func `a mistake is a sentence on standard error, a hint and exit code 1`() async {
    let run = await CommandRun.of(["vresion"])
    #expect(run.code == .usage && run.output.isEmpty)
    #expect(
      run.errors == """
        alidade: there is no command 'vresion'
          did you mean version? `alidade help` lists all

        """)
    #expect(await CommandRun.of(["help", "vresion"]).errors == run.errors)
  }

  @Test func `a word typed with control characters cannot redraw the terminal`() async {
    let run = await CommandRun.of(["a\u{1b}[2J"])
    #expect(run.errors.contains("there is no command 'a⟨"))
    #expect(!run.errors.contains("\u{1b}"))
  }

  @Test func `a command on the loop ends like any other`() async {
    let row = CommandRow("slow", in: .servers, summary: "Wait")
    let slow = Command(onLoop: row) { _, context throws(CommandFailure) in
      context.output.line("begun")
      throw CommandFailure(.unreachable, "nobody is there")
    }
    let run = await CommandRun.of(["slow"], commands: [slow])
    #expect(run.code == .unreachable && run.output == "begun\n")
    #expect(run.errors == "alidade: nobody is there\n")
  }

  @Test func `with --json a mistake is one line of JSON`() async {
    let run = await CommandRun.of(["version", "--json", "--odd"])
    #expect(
      run.errors
        == #"{"error":{"code":1,"kind":"usage","message":"there is no option '--odd' in 'version'","#
        + #""hint":"see `alidade help version`"}}"# + "\n")
  }

  @Test func `a full disk is said and fails, a reader that left is neither`() async {
    let full = await CommandRun.of(["help"], outputFailure: ENOSPC)
    #expect(full.code == .usage)
    #expect(full.errors == "alidade: cannot write the output: No space left on device\n")
    let left = await CommandRun.of(["help"], outputFailure: EPIPE)
    #expect(left.code == .ok && left.errors.isEmpty)
  }

  @Test func `a command reads files and standard input through its context`() async {
    let place = PositionalRow(ValueRow("FILE", .file), help: "What to read")
    let row = CommandRow("cat", in: .files, summary: "Read", positionals: [place])
    let cat = Command(row) { arguments, context throws(CommandFailure) in
      context.output.write(try context.bytes(of: arguments[place] ?? "-"))
      return .failedAnswer
    }
    let file = await CommandRun.of(["cat", "a"], commands: [cat], files: ["a": "text"])
    #expect(file.output == "text" && file.code == .failedAnswer)
    #expect(await CommandRun.of(["cat", "-"], commands: [cat], input: "in").output == "in")
    let missing = await CommandRun.of(["cat", "b"], commands: [cat])
    #expect(missing.code == .usage)
    #expect(missing.errors == "alidade: cannot read 'b': there is no such file\n")
  }
}

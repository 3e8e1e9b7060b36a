import TestSupport
import Testing

@Suite(.inTurns) struct OutputTests {
  @Test func `a reader that leaves early ends the program quietly`() async {
    await check("$alidade help | head -1; exit ${PIPESTATUS[0]}", 0, output: "alidade: operate and")
    await check("$alidade help | true; exit ${PIPESTATUS[0]}", 0)
  }

  @Test func `an output that cannot be written is a sentence and exit code 1`() async {
    await check("$alidade help > /dev/full", 1, errors: "cannot write the output: No space left")
    await check("$alidade version --json > /dev/full", 1, errors: #"{"error":{"code":1,"#)
    await check("$alidade help >&-", 1, errors: "cannot write the output: Bad file descriptor")
    await check("$alidade help > /dev/full 2>&-", 1)
  }

  @Test func `missing standard streams and an empty environment are no reason to fail`() async {
    await check("$alidade version <&-", 0, output: "alidade ")
    await check("$alidade version 2>&-", 0, output: "alidade ")
    // A sanitizer's words are not the program's.
    let empty = "env -i ${ASAN_OPTIONS:+ASAN_OPTIONS=$ASAN_OPTIONS}"
    await check("\(empty) $alidade version", 0, output: "alidade ")
    await check("cd / && \(empty) HOME=/nonexistent $alidade version", 0, output: "alidade ")
  }

  @Test func `words that are no text are quoted as what they are`() async {
    await check("$alidade $'\\xff\\xfe'", 1, errors: "there is no command")
    await check("$alidade ''", 1, errors: "there is no command ''")
    await check("$alidade $'\\e[31mred'", 1, errors: "there is no command '⟨")
    await check(
      "$alidade $(head -c 100000 /dev/zero | tr '\\0' x)", 1, errors: "there is no command")
  }

  @Test func `the window needs a terminal and says so`() async {
    let sentence = "alidade: the window needs a terminal"
    await check("$alidade < /dev/null | cat; exit ${PIPESTATUS[0]}", 1, errors: sentence)
    await check("$alidade > /dev/null", 1, errors: sentence)
    await check("TERM=nonsense $alidade", 1, errors: sentence)
    await check("env -u TERM $alidade <&- >&-", 1, errors: sentence)
  }

  @Test func `the shells accept their completion files`() async {
    await check("bash -n <($alidade completions bash)", 0)
    await check("! command -v zsh > /dev/null || zsh -n <($alidade completions zsh)", 0)
    await check("! command -v fish > /dev/null || fish -n <($alidade completions fish)", 0)
  }

  @Test func `groff has nothing to warn of in the man page`() async {
    let run = await ShellRun.of(
      "! command -v groff > /dev/null || $alidade man | groff -man -ww -Tutf8 -z")
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  private func check(
    _ line: String, _ code: Int32, output: String = "", errors: String = "",
    at location: SourceLocation = #_sourceLocation
  ) async {
    let run = await ShellRun.of(line)
    #expect(run.endedInTime, "\(line)", sourceLocation: location)
    #expect(run.code == code, "\(line): \(run.errors)", sourceLocation: location)
    #expect(
      output.isEmpty || run.output.contains(output), "\(run.output)", sourceLocation: location)
    #expect(
      errors.isEmpty ? run.errors.isEmpty : run.errors.contains(errors), "\(run.errors)",
      sourceLocation: location)
  }
}

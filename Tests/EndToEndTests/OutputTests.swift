import TestSupport
import Testing

@Suite struct OutputTests {
  @Test func `a reader that leaves early ends the program quietly`() {
    check("$alidade help | head -1; exit ${PIPESTATUS[0]}", 0, output: "alidade: operate and")
    check("$alidade help | true; exit ${PIPESTATUS[0]}", 0)
  }

  @Test func `an output that cannot be written is a sentence and exit code 1`() {
    check("$alidade help > /dev/full", 1, errors: "cannot write the output: No space left")
    check("$alidade version --json > /dev/full", 1, errors: #"{"error":{"code":1,"#)
    check("$alidade help >&-", 1, errors: "cannot write the output: Bad file descriptor")
    check("$alidade help > /dev/full 2>&-", 1)
  }

  @Test func `missing standard streams and an empty environment are no reason to fail`() {
    check("$alidade version <&-", 0, output: "alidade 0.")
    check("$alidade version 2>&-", 0, output: "alidade 0.")
    check("env -i $alidade version", 0, output: "alidade 0.")
    check("cd / && env -i HOME=/nonexistent $alidade version", 0, output: "alidade 0.")
  }

  @Test func `words that are no text are quoted as what they are`() {
    check("$alidade $'\\xff\\xfe'", 1, errors: "there is no command")
    check("$alidade ''", 1, errors: "there is no command ''")
    check("$alidade $'\\e[31mred'", 1, errors: "there is no command '⟨")
    check("$alidade $(head -c 100000 /dev/zero | tr '\\0' x)", 1, errors: "there is no command")
  }

  @Test func `the window needs a terminal and says so`() {
    let sentence = "alidade: the window needs a terminal"
    check("$alidade < /dev/null | cat; exit ${PIPESTATUS[0]}", 1, errors: sentence)
    check("$alidade > /dev/null", 1, errors: sentence)
    check("TERM=nonsense $alidade", 1, errors: sentence)
    check("env -u TERM $alidade <&- >&-", 1, errors: sentence)
  }

  @Test func `the shells accept their completion files`() {
    check("bash -n <($alidade completions bash)", 0)
    check("! command -v zsh > /dev/null || zsh -n <($alidade completions zsh)", 0)
    check("! command -v fish > /dev/null || fish -n <($alidade completions fish)", 0)
  }

  @Test func `groff has nothing to warn of in the man page`() {
    let run = ShellRun.of(
      "! command -v groff > /dev/null || $alidade man | groff -man -ww -Tutf8 -z")
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  private func check(
    _ line: String, _ code: Int32, output: String = "", errors: String = "",
    at location: SourceLocation = #_sourceLocation
  ) {
    let run = ShellRun.of(line)
    #expect(run.endedInTime, "\(line)", sourceLocation: location)
    #expect(run.code == code, "\(line): \(run.errors)", sourceLocation: location)
    #expect(
      output.isEmpty || run.output.contains(output), "\(run.output)", sourceLocation: location)
    #expect(
      errors.isEmpty ? run.errors.isEmpty : run.errors.contains(errors), "\(run.errors)",
      sourceLocation: location)
  }
}

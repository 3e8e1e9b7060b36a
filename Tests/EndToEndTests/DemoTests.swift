import TestSupport
import Testing

/// What `make demo` does once the program is built.
@Suite(.inTurns) struct DemoTests {
  @Test func `on a terminal the window opens on the embedded systems`() async {
    let run = await ShellRun.of(
      Self.inHome("TERM=xterm script -qec \"'\(Self.script)' $alidade --run :quit\" /dev/null"))
    #expect(run.code == 0 && run.output.contains("alloy-projects"), "\(run.output)\(run.errors)")
  }

  @Test func `without a terminal commands say what is there`() async {
    let run = await ShellRun.of(Self.inHome("'\(Self.script)' $alidade"))
    #expect(run.code == 0, "\(run.errors)")
    for part in ["there is no terminal here", "$ alidade list tools demo:alumia", "balance"] {
      #expect(run.output.contains(part), "\(run.output)")
    }
  }

  private static let script = "\(Repository.root)/scripts/demo.sh"

  private static func inHome(_ line: String) -> String {
    "home=$(mktemp -d); trap 'rm -rf \"$home\"' EXIT; HOME=$home; cd $home; "
      + "unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME; \(line)"
  }
}

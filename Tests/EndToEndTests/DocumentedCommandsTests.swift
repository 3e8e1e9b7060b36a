import TestSupport
import Testing

/// The commands of the documents, typed as they stand: page by page, in the order in which a reader comes to them.
@Suite(.inTurns) struct DocumentedCommandsTests {
  /// Pages that are written by the program have tests of their own below, or beside what writes them.
  private static let pages =
    ["README.md", "CONTRIBUTING.md"]
    + Repository.files(under: "docs").filter {
      $0.hasSuffix(".md") && !["docs/COMMANDS.md", "docs/SYSTEMS.md"].contains($0)
        && !shell(in: $0).isEmpty
    }

  private static let systems = ["alumia", "alloy-sessions", "alloy-projects", "lumos", "allv"]

  /// Commands of the systems' page that are right to fail where nothing has happened before them.
  private static let failing = ["alidade call demo:alloy-projects stop_timer"]

  @Test(arguments: pages)
  func `a page's commands do what they say, word for word`(page: String) async {
    let lines = Self.shell(in: page).flatMap(Self.typed)
    let run = await ShellRun.of((Self.prelude + lines).joined(separator: "\n"), seconds: 600)
    #expect(run.code == 0 && run.endedInTime, "\(page): \(run.errors.suffix(800))")
  }

  @Test(arguments: systems)
  func `every line of the systems' page that tries a tool works`(system: String) async {
    let lines = Self.shell(in: "docs/SYSTEMS.md").filter {
      $0.hasPrefix("alidade call demo:\(system)") && !Self.failing.contains($0)
    }
    #expect(lines.count >= 5)
    let run = await ShellRun.of((Self.prelude + lines).joined(separator: "\n"), seconds: 600)
    #expect(run.code == 0 && run.endedInTime, "\(run.errors.suffix(800))")
  }

  // MARK: - From a page to a script

  /// A home of its own with the program in its path; `-e` and a trap, so that the first line that fails is named.
  /// What draws a window gets a terminal and is told to quit. What would build the program that is being tested is
  /// only looked up: its target has to be there.
  private static let prelude = """
    set -e -o pipefail
    trap 'echo "failed: $BASH_COMMAND" >&2' ERR
    home=$(mktemp -d); mkdir "$home/bin"; ln -s "$alidade" "$home/bin/alidade"; cd "$home"
    trap 'jobs -p | xargs -r kill; wait; rm -rf "$home"' EXIT
    export HOME="$home" PATH="$home/bin:$PATH" TERM=xterm XDG_CONFIG_HOME= XDG_STATE_HOME= XDG_DATA_HOME=
    port3000=0; port3001=0
    alidade() {
      case ${1-demo} in
        demo | open) script -qec "$(printf '%q ' "$home/bin/alidade" "${@:-demo}") --run :quit" /dev/null ;;
        *) command alidade "$@" ;;
      esac
    }
    make() {
      for word; do case $word in *=*) ;; *) grep -q "^$word:" '\(Repository.root)/Makefile' ;; esac; done
    }
    sudo() { "$@"; }
    swift() { :; }
    man() { command alidade man | grep -q ALIDADE; }
    """.split(separator: "\n").map(String.init)

  /// The lines of a page's blocks of shell.
  private static func shell(in page: String) -> [String] {
    var (lines, isShell) = ([String](), false)
    let text = Repository.text(of: page) ?? ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell {
        lines.append(String(line))
      }
    }
    return lines
  }

  /// A line as it can be run beside other tests: ports are free ones, and who starts a server waits until it listens.
  private static func typed(_ line: String) -> [String] {
    var text = line
    var port: Substring?
    for number in ["3000", "3001"] where line.contains("127.0.0.1:\(number)") {
      text = text.split(separator: "127.0.0.1:\(number)", omittingEmptySubsequences: false)
        .joined(separator: "127.0.0.1:$port\(number)")
      if line.contains("--listen 127.0.0.1:\(number)") { port = number[...] }
    }
    if text.hasPrefix("kill ") { return [text, "wait"] }
    guard text.hasSuffix(" &"), let port else { return [text] }
    return [
      // `command`, so that the job is the program itself and not a shell around it.
      "rm -f listening", "command \(text.dropLast(2)) >listening &",
      "until grep -q listening listening; do kill -0 $!; sleep 0.05; done",
      "port\(port)=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' listening | head -n 1)",
    ]
  }
}

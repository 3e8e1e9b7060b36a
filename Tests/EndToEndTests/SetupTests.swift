import TestSupport
import Testing

/// The set-up script among tools that are not what they seem, so that nothing is really installed.
@Suite(.inTurns) struct SetupTests {
  /// Programs by name, as lines of shell that stand in for them.
  private struct Machine {
    var installed = "echo 'install ok installed'"
    var aptGet: String? = "echo \"apt-get $*\" >> \"$calls\""
    var user = 0
    var sudo: String?
    var hasDpkg = true
  }

  @Test func `nothing is said or done when all is there`() async {
    await check(Machine(), 0, errors: "", calls: "")
  }

  @Test func `what is missing is installed, with fresh lists first`() async {
    await check(
      Machine(installed: "exit 1"), 0, errors: "setup: installing libc",
      calls: "apt-get update -q\napt-get install -q -y --no-install-recommends libc")
  }

  @Test func `lists that cannot be had do not stop an installation that works`() async {
    let aptGet = "[ $1 = update ] && exit 100; echo \"apt-get $1\" >> \"$calls\""
    await check(
      Machine(installed: "exit 1", aptGet: aptGet), 0,
      errors: "apt-get update failed, going on", calls: "apt-get install\n")
  }

  @Test func `an installation that fails shows its last words`() async {
    await check(
      Machine(installed: "exit 1", aptGet: "echo 'E: Unable to locate package'; exit 100"), 1,
      errors: "E: Unable to locate package\nsetup: apt-get could not install", calls: "")
  }

  @Test func `without root and without sudo the command for root is told`() async {
    await check(
      Machine(installed: "exit 1", user: 1000), 1,
      errors: "run as root: apt-get install", calls: "")
  }

  @Test func `without root sudo is asked`() async {
    await check(
      Machine(installed: "exit 1", user: 1000, sudo: "echo sudo >> \"$calls\"; exec \"$@\""), 0,
      errors: "setup: installing", calls: "sudo\napt-get update -q\nsudo\napt-get install")
  }

  @Test func `without apt-get the packages are named`() async {
    await check(
      Machine(installed: "exit 1", aptGet: nil), 1, errors: "there is no apt-get", calls: "")
  }

  @Test func `another kind of system is told what a build needs and may go on`() async {
    await check(
      Machine(hasDpkg: false), 0, errors: "this is no Debian or Ubuntu", calls: "")
  }

  @Test func `a machine without Swift is told where to get it`() async {
    let run = await ShellRun.of("PATH=/usr/bin:/bin make -C '\(Repository.root)' build 2>&1")
    guard await ShellRun.of("PATH=/usr/bin:/bin command -v swift").code != 0 else { return }
    #expect(run.code == 2 && run.output.contains("there is no swift in PATH"))
  }

  private func check(
    _ machine: Machine, _ code: Int32, errors: String, calls: String,
    at location: SourceLocation = #_sourceLocation
  ) async {
    let run = await ShellRun.of(script(for: machine))
    #expect(run.code == code, "\(run.errors)", sourceLocation: location)
    #expect(
      errors.isEmpty ? run.errors.isEmpty : run.errors.contains(errors), "\(run.errors)",
      sourceLocation: location)
    #expect(
      calls.isEmpty ? run.output.isEmpty : run.output.contains(calls), "\(run.output)",
      sourceLocation: location)
  }

  /// A folder with the stand-ins and the few real tools that the script uses is its whole PATH.
  private func script(for machine: Machine) -> String {
    var tools = ["id": "echo \(machine.user)"]
    if machine.hasDpkg { tools["dpkg-query"] = machine.installed }
    tools["apt-get"] = machine.aptGet
    tools["sudo"] = machine.sudo
    var lines = [
      "folder=$(mktemp -d)", "trap 'rm -rf \"$folder\"' EXIT", "export calls=\"$folder/calls\"",
      "for tool in sh awk grep mktemp rm tail dirname env; do"
        + " ln -s \"$(command -v $tool)\" \"$folder/$tool\"; done",
    ]
    for (name, body) in tools.sorted(by: { $0.key < $1.key }) {
      lines.append("printf '%s\\n' '#!/bin/sh' '\(quoted(body))' > \"$folder/\(name)\"")
      lines.append("chmod +x \"$folder/\(name)\"")
    }
    lines.append("PATH=\"$folder\" '\(Repository.root)/scripts/setup.sh' build")
    lines.append("code=$?; [ ! -e \"$calls\" ] || cat \"$calls\"; exit $code")
    return lines.joined(separator: "\n")
  }

  private func quoted(_ body: String) -> String {
    body.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}

import EventLoop
import Glibc
import Processes
import TestSupport
import Testing

@LoopActor @Suite(.inTurns) struct EndTests {
  let host = ProcessHost()
  let plan = Teardown(steps: [
    .init(.closeInput, patience: .milliseconds(50), patienceForOthers: .milliseconds(50)),
    .init(.signal(.terminate), patience: .milliseconds(50), patienceForOthers: .milliseconds(50)),
    .init(.signal(.kill), patience: .seconds(20), patienceForOthers: .seconds(20)),
  ])

  /// Starts the script, waits for its word `ready` and the numbers before it, and ends it.
  private func end(
    _ script: String, _ plan: Teardown
  ) async throws -> (outcome: ProcessEnd?, pids: [pid_t]) {
    let log = ChildLog()
    let child = try host.launch(.sh(script), log.events)
    try await log.waitForOutput("ready")
    let pids = log.text.split { !$0.isNumber }.compactMap { pid_t($0) }
    return (await child.end(plan), pids + [child.pid])
  }

  private func isAlive(_ pid: pid_t) -> Bool { (ProcessMemory.resident(of: pid) ?? 0) > 0 }

  @Test func `a program that heeds the end of its input is not signalled`() async throws {
    let ended = try await end("echo ready; cat; exit 7", .standard)
    #expect(ended.outcome == .exited(7))
  }

  @Test func `a program that ignores its input's end is asked to terminate`() async throws {
    let ended = try await end("trap 'exit 9' TERM; echo ready; while :; do sleep 0.01; done", plan)
    #expect(ended.outcome == .exited(9) || ended.outcome == .killed(.kill))
  }

  @Test func `a program that ignores everything is killed`() async throws {
    let ended = try await end("trap '' TERM; echo ready; while :; do sleep 1; done", plan)
    #expect(ended.outcome == .killed(.kill))
    #expect(!ended.pids.contains(where: isAlive))
  }

  @Test(arguments: [
    "sleep 1000 & echo $!; echo ready; cat",
    "(trap '' TERM; sleep 1000 & echo $!; wait) & echo $!; sleep 0.1; echo ready; exit",
    "setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.1; echo ready; wait",
    "(setsid sh -c 'trap \"\" TERM HUP; echo $$; while :; do sleep 1; done' &); sleep 0.1; echo ready",
    "(setsid setsid sh -c 'exec >&- 2>&-; sleep 1000 & sleep 1000' & echo $!); sleep 0.1; echo ready; cat",
    "(trap '' TERM INT HUP; setsid sh -c 'sleep 1000 & echo $!; wait' & sleep 0.1); echo ready; kill -9 $$",
  ])
  func `nothing a program has started outlives it`(script: String) async throws {
    let ended = try await end(script, plan)
    #expect(ended.pids.count >= 2)
    #expect(!ended.pids.contains(where: isAlive))
  }

  @Test func `death in mid-call is told with the signal`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("echo ready; sleep 1000"), log.events)
    try await log.waitForOutput("ready")
    kill(child.pid, SIGKILL)
    try await ChildLog.wait(log.ended)
    #expect(log.outcome == .killed(.kill))
    #expect(kill(child.pid, 0) == 0, "its number stays taken until it is let go")
    await child.end(plan)
    #expect(kill(child.pid, 0) != 0)
    #expect(host.running == 0)
  }

  @Test func `a program that ends at once is told after its last words`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("echo out; echo words >&2; exit 1"), log.events)
    try await ChildLog.wait(log.ended)
    #expect(log.text == "out\n")
    #expect(child.log.lines == ["words"])
    await child.end()
  }

  @Test func `ending twice waits for the same end, and all end together`() async throws {
    let logs = [ChildLog(), ChildLog(), ChildLog()]
    var children: [ChildProcess] = []
    for log in logs {
      children.append(try host.launch(.sh("trap '' TERM; sleep 1000"), log.events))
    }
    let first = Task { [child = children[0]] in await child.end(plan) }
    await host.endAll(plan)
    #expect(await first.value == .killed(.kill))
    #expect(children.allSatisfy { $0.outcome == .killed(.kill) })
    #expect(host.running == 0)
  }

  @Test func `a host that goes takes its children with it`() async throws {
    let log = ChildLog()
    var own: ProcessHost? = ProcessHost()
    let child = try own?.launch(.sh("trap '' TERM; sleep 1000"), log.events)
    own = nil
    try await ChildLog.wait(log.ended)
    #expect(log.outcome == .killed(.kill) && own == nil)
    await child?.end()
  }

  @Test func `a sweep for orphans leaves other hosts' children the word of how they ended`()
    async throws
  {
    let program = ProcessHost(program: LoopActor.loop)
    let (gone, log) = (ChildLog(), ChildLog())
    let first = try program.launch(.sh("exit 0"), gone.events)
    try await ChildLog.wait(gone.ended)
    let child = try host.launch(.sh("exit 126"), log.events)
    // The loop stands still until that one has ended, so that the sweep comes before anybody has looked.
    var info = siginfo_t()
    while waitid(P_PID, id_t(child.pid), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    await first.end()
    try await ChildLog.wait(log.ended)
    #expect(log.outcome == .exited(126))
    await child.end()
  }

  @Test func `of a child that a stranger has reaped nobody says how it ended`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("exit 3"), log.events)
    while waitpid(child.pid, nil, 0) < 0, errno == EINTR {}
    try await ChildLog.wait(log.ended)
    #expect(log.outcome.map { "\($0)" } == "ended, and nothing says how")
    await child.end()
  }

  @Test func `the memory of a program counts what it has started`() async throws {
    let log = ChildLog()
    let child = try host.launch(.sh("sleep 1000 & echo ready; wait"), log.events)
    try await log.waitForOutput("ready")
    let all = child.residentBytes()
    let leader = try #require(ProcessMemory.resident(of: child.pid))
    #expect(leader > 100_000 && all > leader)
    await child.end(plan)
    #expect(ProcessMemory.resident(of: child.pid) == nil)
  }
}

import CLinux
package import EventLoop
import Glibc

/// Starts child processes and sees to it that none is left when the program ends, whichever way it ends.
@LoopActor
package final class ProcessHost {
  private var children: [pid_t: ChildProcess] = [:]
  private var launched = 0
  private let birth = LoopInstant.monotonicNow.nanoseconds

  private let ownsAllChildren: Bool
  private var orphanGuard: OrphanGuard?
  /// Bytes that may wait for a child that does not read its input.
  package var inputLimit = 16 << 20

  /// For a part of a program: children end with the host.
  package init() {
    ownsAllChildren = false
    Self.becomeSubreaper()
  }

  /// For a whole program: children end before it leaves `EventLoop.run`, or by its last resort. It reaps orphans that
  /// have ended, and with them any other child of this process that no host waits for.
  package init(program loop: EventLoop) {
    ownsAllChildren = true
    Self.becomeSubreaper()
    loop.beforeExit { [weak self] in
      await self?.endAll(.quick)
      self?.orphanGuard?.end()
      self?.orphanGuard = nil
    }
    loop.asLastResort { [weak self] in self?.killAll() }
  }

  /// Orphans among the descendants come to this process from now on.
  private static func becomeSubreaper() {
    al_signal_default(SIGCHLD)
    al_set_child_subreaper(1)
  }

  isolated deinit { killAll() }

  package var running: Int { children.count }

  package func launch(
    _ request: LaunchRequest, _ events: ChildEvents
  ) throws(SpawnFailure) -> ChildProcess {
    if ownsAllChildren, orphanGuard == nil {
      orphanGuard = OrphanGuard(mark: "\(Self.markName)=\(family)")
    }
    let mark = nextMark()
    var request = request
    request.environment[Self.markName] = mark
    let pipes: ChildPipes
    do { pipes = try ChildPipes() } catch { throw .system(path: request.program, error) }
    defer { pipes.closeChild() }
    let pid = try start(request, pipes)
    do {
      let child = try ChildProcess(
        pid: pid, mark: "\(Self.markName)=\(mark)", pipes: pipes.own, inputLimit: inputLimit,
        events: events)
      children[pid] = child
      orphanGuard?.watch(over: pid)
      child.whenGone = { [weak self] in self?.forget(pid) }
      return child
    } catch {
      kill(-pid, SIGKILL)
      waitpid(pid, nil, 0)
      throw .system(path: request.program, error)
    }
  }

  private func start(_ request: LaunchRequest, _ pipes: ChildPipes) throws(SpawnFailure) -> pid_t {
    do {
      return try Launch(request: request, descriptors: pipes.child).start()
    } catch {
      pipes.closeOwn()
      throw error
    }
  }

  private func forget(_ pid: pid_t) {
    children[pid] = nil
    orphanGuard?.forget(pid)
    guard ownsAllChildren else { return }
    for orphan in ProcessRecord.children(of: getpid()).compactMap(ProcessRecord.init(pid:))
    where orphan.isZombie && !ChildClaim.covers(orphan.pid) && orphan.session != getsid(0) {
      al_child_reap(orphan.pid)
    }
  }

  /// The variable by which a family is known even when its members have left their session and parents.
  private static let markName = "ALIDADE_CHILD"

  /// What the marks of all our children begin with.
  private var family: String { "\(getpid())-\(birth)-" }

  private func nextMark() -> String {
    launched += 1
    return "\(family)\(launched)"
  }

  /// Ends all children at the same time.
  package func endAll(_ plan: Teardown = .standard) async {
    let endings = children.values.map { child in Task { await child.end(plan) } }
    for ending in endings { _ = await ending.value }
    children = [:]
  }

  private func killAll() {
    for child in children.values { child.kill() }
  }
}

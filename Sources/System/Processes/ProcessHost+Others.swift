import CLinux
import EventLoop
import Glibc

extension ProcessHost {
  /// Runs a program on our own terminal, as an editor or a pager, and waits for its end. It shares our standard
  /// descriptors and our session; the caller has given the terminal back before.
  package func runInForeground(_ request: LaunchRequest) async throws(SpawnFailure) -> ProcessEnd {
    let own = ChildDescriptors(input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO)
    let pid = try Launch(request: request, descriptors: own, ownSession: false).start()
    return await Self.outcome(of: ChildClaim(pid))
  }

  /// Starts a program that is to outlive us, as a browser, without input and output.
  package func launchDetached(_ request: LaunchRequest) throws(SpawnFailure) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    let nothing = ChildDescriptors(input: null, output: null, error: null)
    var launch = Launch(request: request, descriptors: nothing)
    launch.endsWithUs = false
    let claim = ChildClaim(try launch.start())
    Task { _ = await Self.outcome(of: claim) }
  }

  private static func outcome(of claim: ChildClaim) async -> ProcessEnd {
    let ended = Latch()
    let handle = al_pidfd_open(claim.pid)
    defer { close(handle) }
    do {
      let watch = try LoopActor.loop.watch(handle, for: .read) { _ in ended.set() }
      await ended.wait()
      watch.cancel()
    } catch {
      // No descriptor to watch with: nothing but looking now and then is left.
      while claim.outcome == nil {
        _ = await ended.wait(within: .milliseconds(20), on: LoopActor.loop.clock)
      }
    }
    let outcome = claim.outcome ?? .unknown
    claim.reap()
    return outcome
  }
}

import CLinux
import EventLoop
import Glibc

extension ProcessRecord {
  /// Returns when that process has ended or the time is up.
  @LoopActor
  func waitForEnd(within limit: Duration, on clock: any LoopClock) async {
    let latch = Latch()
    guard !isZombie else {
      _ = await latch.wait(within: limit, on: clock)
      return
    }
    let handle = al_pidfd_open(pid)
    guard handle >= 0 else { return }
    defer { close(handle) }
    guard ProcessRecord(pid: pid)?.started == started else { return }
    do {
      let watch = try LoopActor.loop.watch(handle, for: .read) { _ in latch.set() }
      _ = await latch.wait(within: limit, on: clock)
      watch.cancel()
    } catch {
      // No descriptor left to watch with: the caller looks again when the time is up.
      _ = await latch.wait(within: limit, on: clock)
    }
  }
}

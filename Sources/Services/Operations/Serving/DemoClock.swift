package import EventLoop
import Synchronization

/// The calendar of a demo's data: it begins at the same moment in every run and moves on a little with every look, so
/// that the same calls leave the same records. Waiting takes its real time.
@LoopActor
final class DemoClock: LoopClock {
  private let loop: any LoopClock
  private let looks: Mutex<Int64>

  nonisolated init(over loop: any LoopClock) {
    self.loop = loop
    looks = Mutex(0)
  }

  nonisolated var now: LoopInstant { loop.now }

  nonisolated var wallTime: WallTime {
    let count = looks.withLock { looks in
      looks += 1
      return looks
    }
    return WallTime.demo.advanced(by: .milliseconds(10 * count))
  }

  func timer(
    at deadline: LoopInstant, _ action: @escaping @LoopActor () -> Void
  ) -> LoopTimer {
    loop.timer(at: deadline, action)
  }
}

extension WallTime {
  /// When every demo begins: 2026-07-28 09:00 UTC.
  package static let demo = WallTime(microseconds: 1_785_229_200_000_000)
}

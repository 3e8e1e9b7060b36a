import Synchronization

/// A clock for tests: time stands until `advance(by:)`.
@LoopActor
package final class VirtualClock: LoopClock {
  private let time: Mutex<LoopInstant>
  private let epoch: WallTime
  private var heap = TimerHeap()

  /// Starts at zero of its own count, at that moment of the calendar (2026-07-28 09:00 UTC).
  package nonisolated init(wallTime: WallTime = WallTime(microseconds: 1_785_229_200_000_000)) {
    time = Mutex(LoopInstant(nanoseconds: 0))
    epoch = wallTime
  }

  package nonisolated var now: LoopInstant { time.withLock { $0 } }

  package nonisolated var wallTime: WallTime {
    epoch.advanced(by: LoopInstant(nanoseconds: 0).duration(to: now))
  }

  package var pendingTimers: Int { heap.count }

  package func timer(
    at deadline: LoopInstant, _ action: @escaping @LoopActor () -> Void
  ) -> LoopTimer {
    let id = heap.add(at: deadline, action)
    return LoopTimer { [self] in heap.cancel(id) }
  }

  /// Moves through every deadline of that span in order; what each timer sets going has settled before the next fires.
  package func advance(by duration: Duration) async {
    let end = now.advanced(by: duration)
    await LoopActor.loop.settle()
    while let deadline = heap.nextDeadline(), deadline <= end {
      time.withLock { $0 = max($0, deadline) }
      let newest = heap.newest
      while let action = heap.takeDue(at: deadline, setBefore: newest) { action() }
      await LoopActor.loop.settle()
    }
    time.withLock { $0 = end }
  }
}

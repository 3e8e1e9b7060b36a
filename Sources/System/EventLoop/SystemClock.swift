import Synchronization

/// The kernel's monotonic clock; the loop sleeps no longer than its next timer allows.
@LoopActor
package final class SystemClock: LoopClock {
  private var heap = TimerHeap()
  /// How far the calendar is from that of the machine.
  private nonisolated let shift = Atomic<Int64>(0)

  package nonisolated var now: LoopInstant { .monotonicNow }
  package nonisolated var wallTime: WallTime {
    WallTime.now.advanced(by: .microseconds(shift.load(ordering: .relaxed)))
  }

  package func timer(
    at deadline: LoopInstant, _ action: @escaping @LoopActor () -> Void
  ) -> LoopTimer {
    let id = heap.add(at: deadline, action)
    return LoopTimer { [self] in heap.cancel(id) }
  }

  /// Lets the calendar show that moment now; it moves on with the machine's.
  package nonisolated func begin(at moment: WallTime) {
    shift.store(moment.microseconds - WallTime.now.microseconds, ordering: .relaxed)
  }

  func fireDue() {
    guard heap.count > 0 else { return }
    let now = self.now, newest = heap.newest
    while let action = heap.takeDue(at: now, setBefore: newest) { action() }
  }

  func nanosecondsToNext() -> Int64? {
    heap.nextDeadline().map { max(0, now.duration(to: $0).nanoseconds) }
  }
}

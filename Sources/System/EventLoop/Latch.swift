/// Something that happens once. Waiting for it is not cut short by cancellation: it is for ends that must be seen.
@LoopActor
package final class Latch {
  private var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
  private var lastWaiter = 0
  package private(set) var isSet = false

  package nonisolated init() {}

  package func set() {
    isSet = true
    let all = waiters.sorted { $0.key < $1.key }
    waiters = [:]
    for (_, waiter) in all { waiter.resume(returning: true) }
  }

  package func wait() async {
    if !isSet { _ = await withCheckedContinuation { _ = add($0) } }
  }

  /// False where it has not happened in that time.
  package func wait(within limit: Duration, on clock: any LoopClock) async -> Bool {
    if isSet { return true }
    var timer: LoopTimer?
    let happened = await withCheckedContinuation { continuation in
      let id = add(continuation)
      timer = clock.timer(after: limit) { [self] in
        waiters.removeValue(forKey: id)?.resume(returning: false)
      }
    }
    timer?.cancel()
    return happened
  }

  /// Looks again: the way into a continuation may itself have been a suspension.
  private func add(_ waiter: CheckedContinuation<Bool, Never>) -> Int {
    lastWaiter += 1
    if isSet { waiter.resume(returning: true) } else { waiters[lastWaiter] = waiter }
    return lastWaiter
  }
}

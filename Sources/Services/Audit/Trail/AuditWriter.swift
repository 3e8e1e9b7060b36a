package import EventLoop

/// Writes events in groups: what comes in while one group is on its way to the disk is the next group.
@LoopActor
package final class AuditWriter {
  package typealias Completion = @LoopActor (Result<Void, AuditError>) -> Void

  /// Events that may wait for a slow disk; past that they are refused, and with them what they stand for.
  private static let backlog = 50_000
  private static let group = 4_096

  private let store: AuditStore
  private var pending: [AuditEvent] = []
  /// Who waits for each of them.
  private var waiting: [Completion] = []
  private var isWriting = false
  private let idle = IdleWaiters()

  package init(_ store: AuditStore) { self.store = store }

  /// Takes the event over; `then` is told once it is safe, or that it is lost.
  package func record(_ event: AuditEvent, then: @escaping Completion) {
    guard pending.count < Self.backlog else { return then(.failure(.backlog)) }
    pending.append(event)
    waiting.append(then)
    guard !isWriting else { return }
    isWriting = true
    // The task starts after this turn of the loop: all that the turn brings is one group.
    Task { await drain() }
  }

  /// Returns once everything recorded so far is written or lost.
  package func flush() async {
    while isWriting { await idle.wait() }
  }

  private func drain() async {
    while !pending.isEmpty {
      let (events, completions) = takeGroup()
      let result = await write(events)
      for then in completions { then(result) }
    }
    isWriting = false
    idle.wakeAll()
  }

  private func takeGroup() -> ([AuditEvent], [Completion]) {
    guard pending.count > Self.group else {
      defer { (pending, waiting) = ([], []) }
      return (pending, waiting)
    }
    let group = (Array(pending.prefix(Self.group)), Array(waiting.prefix(Self.group)))
    pending.removeFirst(Self.group)
    waiting.removeFirst(Self.group)
    return group
  }

  private func write(_ events: [AuditEvent]) async -> Result<Void, AuditError> {
    do throws(AuditError) {
      try await store.append(events)
      return .success(())
    } catch { return .failure(error) }
  }
}

/// Those who wait for a moment without work.
@LoopActor
private final class IdleWaiters {
  private var waiters: [CheckedContinuation<Void, Never>] = []

  func wait() async { await withCheckedContinuation { waiters.append($0) } }

  func wakeAll() {
    let all = waiters
    waiters = []
    for waiter in all { waiter.resume() }
  }
}

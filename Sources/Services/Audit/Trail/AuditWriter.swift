package import EventLoop

/// Writes events in groups: what comes in while one group is on its way to the disk is the next group.
///
/// A call that comes alone is answered once the store has its event. While they come without a pause they are answered
/// once their events are safe from the end of the process, in the spool beside the store, which takes them over many at
/// a time; where it cannot, or not for a quarter of a second, they wait for it again.
@LoopActor
package final class AuditWriter {
  package typealias Completion = @LoopActor (Result<Void, AuditError>) -> Void

  /// An event that the store has not got yet.
  private struct Entry {
    let event: PreparedEvent
    /// Who waits for it; nobody where the spool has it.
    let then: Completion?
    /// Its number in the spool.
    let number: UInt64?
  }

  /// Events that may wait for a slow disk; past that they are refused, and with them what they stand for.
  private static let backlog = 50_000
  private static let group = 4_096
  /// Calls that are nearer to each other than this come without a pause.
  private static let pause = Duration.milliseconds(20)
  /// So long the store may be behind what was answered for.
  private static let lag = Duration.milliseconds(250)
  /// Between two groups that nobody waits for.
  private static let rhythm = Duration.milliseconds(10)
  /// Before a group is tried again that the store did not take.
  private static let rest = Duration.seconds(1)

  private let store: AuditStore
  private let clock: any LoopClock
  private var spool: AuditSpool?
  private var triedSpool = false
  private var pending: [Entry] = []
  /// How many of them somebody waits for.
  private var awaited = 0
  private var isWriting = false
  private var timer: LoopTimer?
  /// When the store took the last group; nil since it refused one.
  private var tookAt: LoopInstant?
  /// Since when the store is behind what was answered for.
  private var behindSince: LoopInstant?
  private var answered: [Completion] = []
  private let idle = IdleWaiters()

  package init(_ store: AuditStore, clock: (any LoopClock)? = nil) {
    self.store = store
    self.clock = clock ?? LoopActor.loop.clock
  }

  /// Takes the event over; `then` is told once it is safe, or that it is lost.
  package func record(_ event: consuming AuditEvent, then: @escaping Completion) {
    guard pending.count < Self.backlog else { return then(.failure(.backlog)) }
    let prepared = PreparedEvent(consume event, store.crypto)
    if let number = spooled(prepared) {
      pending.append(Entry(event: prepared, then: nil, number: number))
      answer(then)
    } else {
      pending.append(Entry(event: prepared, then: then, number: nil))
      awaited += 1
    }
    schedule()
  }

  /// Returns once everything recorded so far is written, lost, or safe in the spool of a store that does not take it.
  package func flush() async {
    repeat {
      while isWriting { await idle.wait() }
      guard !pending.isEmpty else { return }
      timer = nil
      isWriting = true
      await drain()
    } while tookAt != nil
  }

  /// The last of it; nothing is recorded afterwards.
  package func close() async {
    await flush()
    guard let name = spool?.end() else { return }
    spool = nil
    // What is left of it in the store is one short row.
    do throws(AuditError) { try await store.forget(spool: name) } catch {}
  }

  // MARK: - The spool

  private func spooled(_ event: PreparedEvent) -> UInt64? {
    guard let tookAt else { return nil }
    let now = clock.now
    let isSteady =
      if let behindSince { behindSince.duration(to: now) < Self.lag } else {
        tookAt.duration(to: now) < Self.pause
      }
    guard isSteady, let number = openSpool()?.add(event) else { return nil }
    behindSince = behindSince ?? now
    return number
  }

  private func openSpool() -> AuditSpool? {
    if !triedSpool {
      triedSpool = true
      spool = store.path.flatMap { AuditSpool(beside: $0) }
    }
    return spool
  }

  /// Answers leave together once this turn of the loop has seen all that came with it.
  private func answer(_ then: @escaping Completion) {
    answered.append(then)
    guard answered.count == 1 else { return }
    Task {
      let all = answered
      answered = []
      for then in all { then(.success(())) }
    }
  }

  // MARK: - The store

  private func schedule() {
    guard !isWriting, !pending.isEmpty else { return }
    if awaited > 0 {
      begin()
    } else if timer == nil {
      timer = clock.timer(after: tookAt == nil ? Self.rest : Self.rhythm) { [weak self] in
        self?.begin()
      }
    }
  }

  /// The task starts after this turn of the loop: all that the turn brings is one group.
  private func begin() {
    timer = nil
    guard !isWriting, !pending.isEmpty else { return }
    isWriting = true
    Task { await drain() }
  }

  private func drain() async {
    repeat {
      let entries = takeGroup()
      let number = entries.last { $0.number != nil }?.number
      let result = await write(entries.map(\.event), taking: number)
      finish(entries, number, result)
    } while awaited > 0
    isWriting = false
    idle.wakeAll()
    schedule()
  }

  private func takeGroup() -> [Entry] {
    spool?.turn()
    let entries = Array(pending.prefix(Self.group))
    pending.removeFirst(entries.count)
    awaited -= entries.count { $0.then != nil }
    return entries
  }

  private func finish(_ entries: [Entry], _ number: UInt64?, _ result: Result<Void, AuditError>) {
    switch result {
    case .success:
      tookAt = clock.now
      if let number { spool?.took(number) }
      behindSince = pending.contains { $0.number != nil } ? clock.now : nil
    case .failure:
      tookAt = nil
      // What was answered for is tried again, in front of all that came since.
      pending.insert(contentsOf: entries.filter { $0.then == nil }, at: 0)
    }
    for entry in entries { entry.then?(result) }
  }

  private func write(
    _ events: [PreparedEvent], taking number: UInt64?
  ) async -> Result<Void, AuditError> {
    let mark = number.flatMap { number in spool?.mark(number) }
    do throws(AuditError) {
      try await store.append(events, taking: mark)
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

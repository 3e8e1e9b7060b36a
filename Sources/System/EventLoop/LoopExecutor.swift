import CLinux
import Glibc
import Synchronization

/// The job queue of `LoopActor`. Other threads wake the loop through an eventfd, and only while it sleeps.
///
/// A task that goes on after a wait first passes the runtime's thread pool, whatever its actor: two changes of thread
/// for every wait, and an order that depends on the machine's load. The loop takes those jobs itself. It is no task
/// executor for that purpose: tasks that preferred it were seen to wait for ever (Swift 6.3.1) once several of them
/// ran beside others.
final class LoopExecutor: SerialExecutor {
  private enum Driver {
    case none, running, ended
  }

  /// Which jobs of no actor the loop takes from the thread pool, of those that come up on its thread.
  private enum Intake {
    /// All, on a program's main thread: whatever is started there without an actor must be short.
    case everything
    /// What the loop's own code sets going and not what that starts, on a thread of the loop's own, as in tests.
    case ownCode
  }

  /// A job of the loop's actor, or one of no actor that would else have gone to the thread pool.
  private enum Waiting {
    case own(UnownedJob)
    case anyones(address: UInt)
  }

  private struct State {
    var waiting: [Waiting] = []
    var driver = Driver.none
    var asleep = false
    var stopping = false
  }

  /// Jobs run between two looks at the descriptors, so that neither side starves the other.
  private static let jobsPerTurn = 512

  private let state = Mutex(State())
  private let thread = Atomic<UInt>(0)
  private let runsAnyones = Atomic<Bool>(false)
  let wakeUp: Int32 = al_eventfd(0)

  var isCurrent: Bool { thread.load(ordering: .relaxed) == pthread_self() }

  // MARK: - Any thread

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let (start, wake) = state.withLock { state in
      state.waiting.append(.own(job))
      let start = state.driver == .none
      if start { state.driver = .running }
      defer { state.asleep = false }
      return (start, state.asleep)
    }
    if start { startThread() }
    if wake { signalWakeUp() }
  }

  func isIsolatingCurrentContext() -> Bool? { isCurrent }

  func checkIsolated() {
    precondition(isCurrent, "loop code was called from a thread that is not the loop's")
  }

  /// Makes the calling thread the loop's, unless another one is already; false then.
  func claim() -> Bool {
    state.withLock { state in
      guard state.driver == .none else { return false }
      state.driver = .running
      return true
    }
  }

  private func startThread() {
    DetachedThread.start(named: "loop") { [self] in drive() }
  }

  private func signalWakeUp() {
    var one: UInt64 = 1
    // Fails only when the counter is full, and then the loop is awake in any case.
    _ = write(wakeUp, &one, MemoryLayout<UInt64>.size)
  }

  // MARK: - The loop's thread

  /// Runs the loop until `stop`.
  func drive() {
    if al_is_main_thread() == 1 {
      al_offer_jobs { LoopActor.executor.takes($0, .everything) ? 1 : 0 }
    } else {
      al_offer_jobs { LoopActor.executor.takes($0, .ownCode) ? 1 : 0 }
    }
    thread.store(pthread_self(), ordering: .relaxed)
    while !state.withLock({ $0.stopping }) {
      runJobs()
      LoopActor.assumeIsolated { LoopActor.loop.turn() }
    }
    state.withLock { $0.driver = .ended }
    thread.store(0, ordering: .relaxed)
    al_offer_jobs(nil)
  }

  private func takes(_ job: UnsafeMutableRawPointer, _ intake: Intake) -> Bool {
    guard isCurrent, intake == .everything || !runsAnyones.load(ordering: .relaxed) else {
      return false
    }
    let address = UInt(bitPattern: job)
    state.withLock { $0.waiting.append(.anyones(address: address)) }
    return true
  }

  /// Ends `drive` after the current turn; jobs that come later are kept and never run.
  func stop() { state.withLock { $0.stopping = true } }

  /// True when there is nothing to do: from here on a new job signals the wake-up descriptor.
  func fallAsleep() -> Bool {
    state.withLock { state in
      state.asleep = state.waiting.isEmpty && !state.stopping
      return state.asleep
    }
  }

  func awake() { state.withLock { $0.asleep = false } }

  func clearWakeUp() {
    var count: UInt64 = 0
    _ = read(wakeUp, &count, MemoryLayout<UInt64>.size)
  }

  private func runJobs() {
    var budget = Self.jobsPerTurn
    while budget > 0 {
      let batch = takeJobs(atMost: budget)
      if batch.isEmpty { return }
      budget -= batch.count
      for job in batch { run(job) }
    }
  }

  private func run(_ job: Waiting) {
    switch job {
    case .own(let job): job.runSynchronously(on: asUnownedSerialExecutor())
    case .anyones(let address):
      runsAnyones.store(true, ordering: .relaxed)
      UnsafeMutableRawPointer(bitPattern: address).map(al_run_job)
      runsAnyones.store(false, ordering: .relaxed)
    }
  }

  private func takeJobs(atMost limit: Int) -> [Waiting] {
    state.withLock { state in
      if state.waiting.count <= limit {
        defer { state.waiting.removeAll(keepingCapacity: false) }
        return state.waiting
      }
      defer { state.waiting.removeFirst(limit) }
      return Array(state.waiting.prefix(limit))
    }
  }
}

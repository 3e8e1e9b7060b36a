import CLinux
import Glibc
import Synchronization

/// The job queue of `LoopActor`. Other threads wake the loop through an eventfd, and only while it sleeps.
///
/// A task that goes on after a wait first passes the runtime's thread pool, whatever its actor: two changes of thread
/// for every wait. Where the loop has the program's main thread it takes those jobs itself. It is no task executor
/// for that purpose: tasks that preferred it were seen to wait for ever (Swift 6.3.1) once several of them ran
/// beside others.
final class LoopExecutor: SerialExecutor {
  private enum Driver {
    case none, running, ended
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
    thread.store(pthread_self(), ordering: .relaxed)
    while !state.withLock({ $0.stopping }) {
      runJobs()
      LoopActor.assumeIsolated { LoopActor.loop.turn() }
    }
    state.withLock { $0.driver = .ended }
    thread.store(0, ordering: .relaxed)
  }

  /// The same, taking also what the loop's own thread would leave to the thread pool. For a program's main thread:
  /// whatever is started there without an actor must be short.
  func driveAll() {
    al_offer_jobs { LoopActor.executor.takeAnyones($0) ? 1 : 0 }
    drive()
    al_offer_jobs(nil)
  }

  private func takeAnyones(_ job: UnsafeMutableRawPointer) -> Bool {
    guard isCurrent else { return false }
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
    case .anyones(let address): UnsafeMutableRawPointer(bitPattern: address).map(al_run_job)
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

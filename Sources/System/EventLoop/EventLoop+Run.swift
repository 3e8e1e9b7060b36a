import CLinux
import Glibc
import Synchronization

/// What is to be done before the program may leave, and what has asked it to.
struct ExitPlan {
  var cancelRoot: (@Sendable () -> Void)?
  var interruption: Signal?
  var steps: [@LoopActor () async -> Void] = []
  var lastResorts: [@LoopActor () -> Void] = []
}

extension EventLoop {
  /// Runs the program: the calling thread becomes the loop's until `body` and the exit steps are done.
  ///
  /// The signals named are held back from all threads and come to the loop. The first ending one without a
  /// subscriber cancels the body's task; a second one runs the last resorts and ends the process at once.
  nonisolated package static func run<Outcome: Sendable>(
    catching signals: [Signal] = [], _ body: @escaping @LoopActor (EventLoop) async -> Outcome
  ) -> Outcome {
    precondition(!LoopActor.executor.isCurrent, "the loop cannot wait for itself")
    al_signals_block(signals.reduce(0) { $0 | $1.bit })
    let result = OneResult<Outcome>()
    let isDriver = LoopActor.executor.claim()
    EventLoop.task {
      let outcome = await LoopActor.loop.carryOut(catching: signals, body)
      result.set(outcome)
      if isDriver { LoopActor.executor.stop() }
    }
    if isDriver { LoopActor.executor.drive() }
    return result.wait()
  }

  private func carryOut<Outcome: Sendable>(
    catching signals: [Signal], _ body: @escaping @LoopActor (EventLoop) async -> Outcome
  ) async -> Outcome {
    // Invariant: a process that has just started has a descriptor left; without it no signal would end it cleanly.
    do { try receive(signals) } catch { preconditionFailure("no signal descriptor: \(error)") }
    let root = EventLoop.task { await body(self) }
    exit.cancelRoot = { root.cancel() }
    let outcome = await root.value
    exit.cancelRoot = nil
    while let step = exit.steps.popLast() { await step() }
    return outcome
  }

  /// The signal that asked the program to end, if one did.
  package var interruption: Signal? { exit.interruption }

  /// Has `step` done after the body of `run`, the latest first. A step bounds its own time.
  package func beforeExit(_ step: @escaping @LoopActor () async -> Void) { exit.steps.append(step) }

  /// Has `step` done when the process is made to end at once; it must not wait.
  package func asLastResort(_ step: @escaping @LoopActor () -> Void) {
    exit.lastResorts.append(step)
  }

  /// Asks the program to end as that signal does.
  package func interrupt(by signal: Signal) {
    if exit.interruption == nil, let cancelRoot = exit.cancelRoot {
      exit.interruption = signal
      cancelRoot()
      return
    }
    for step in exit.lastResorts.reversed() { step() }
    al_signal_default(signal.rawValue)
    al_signals_unblock(signal.bit)
    raise(signal.rawValue)
  }
}

/// A value set once on one thread and awaited, blocking, on another.
private final class OneResult<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let isSet = al_eventfd(1)

  deinit { close(isSet) }

  func set(_ new: Value) {
    value.withLock { $0 = new }
    var one: UInt64 = 1
    _ = write(isSet, &one, MemoryLayout<UInt64>.size)
  }

  func wait() -> Value {
    while true {
      if let set = value.withLock({ $0 }) { return set }
      var count: UInt64 = 0
      _ = read(isSet, &count, MemoryLayout<UInt64>.size)
    }
  }
}

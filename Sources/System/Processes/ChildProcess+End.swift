package import EventLoop

extension ChildProcess {
  /// Brings the program and all its descendants to an end by that plan. Called twice, both calls wait for the first.
  /// Nil where not even the last step helped, as with a process stuck in the kernel.
  @discardableResult
  package func end(_ plan: Teardown = .standard, clock: (any LoopClock)? = nil) async -> ProcessEnd?
  {
    guard !isEnding else {
      await gone.wait()
      return outcome
    }
    isEnding = true
    let clock = clock ?? LoopActor.loop.clock
    for step in plan.steps {
      perform(step.action)
      if await isGone(after: step, clock) { break }
    }
    release()
    whenGone()
    gone.set()
    return outcome
  }

  /// Waits for the program's own end; false where it has not come in that time.
  package func waitForExit(within limit: Duration, on clock: any LoopClock) async -> Bool {
    await exited.wait(within: limit, on: clock)
  }

  /// Kills everything at once and waits for nothing.
  package func kill() { family.signal(.kill) }

  private func perform(_ action: Teardown.Action) {
    switch action {
    case .closeInput: input.finish()
    case .signal(let signal): family.signal(signal)
    }
  }

  private func isGone(after step: Teardown.Step, _ clock: any LoopClock) async -> Bool {
    guard await exited.wait(within: step.patience, on: clock) else { return false }
    let deadline = clock.now.advanced(by: step.patienceForOthers)
    while true {
      let found = family.others()
      let others = found.isEmpty ? family.others() : found
      guard let other = others.first(where: { !$0.isZombie }) ?? others.first else { return true }
      let rest = clock.now.duration(to: deadline)
      guard rest > .zero else { return false }
      // A zombie goes when its own parent does; nothing but looking again tells when.
      await other.waitForEnd(within: other.isZombie ? min(rest, .milliseconds(1)) : rest, on: clock)
    }
  }
}

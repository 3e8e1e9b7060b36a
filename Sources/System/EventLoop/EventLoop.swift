import CLinux
import Glibc

/// The epoll loop: watches descriptors, fires timers, receives signals. Idle it makes no system call at all.
@LoopActor
package final class EventLoop {
  /// The loop's timers on the monotonic clock.
  package let clock: SystemClock

  let epoll: Int32
  var watches = WatchTable()
  /// Descriptors epoll refuses (regular files, /dev/null): always ready, as read(2) sees them.
  var unpollable: Set<Int32> = []
  var lastGeneration: UInt32 = 0
  var signals = SignalTable()
  var exit = ExitPlan()

  private static let wakeUpToken = UInt64.max
  private static let eventsPerTurn = 256
  private let events = UnsafeMutablePointer<al_event>.allocate(capacity: eventsPerTurn)

  init() {
    epoll = al_epoll_create()
    clock = SystemClock()
    precondition(epoll >= 0, "no epoll descriptor: the process is at its limit of open files")
    al_signal_ignore(SIGPIPE)
    al_epoll_add(epoll, LoopActor.executor.wakeUp, UInt32(AL_READ), Self.wakeUpToken)
  }

  isolated deinit {
    events.deallocate()
    close(epoll)
  }

  /// How many turns there were: what is found out once need not be asked again in the same turn.
  package private(set) var turns: UInt64 = 0

  /// One turn: due timers, then descriptors, waiting only when nothing else is to be done.
  func turn() {
    turns &+= 1
    clock.fireDue()
    let count = al_epoll_wait(epoll, events, Int32(Self.eventsPerTurn), waitingTime())
    LoopActor.executor.awake()
    precondition(count >= 0 || errno == EINTR, "the loop's own epoll descriptor was closed")
    for index in 0..<max(0, Int(count)) { dispatch(events[index]) }
    for fd in unpollable {
      if let entry = watches[fd] { deliver(.init(), to: entry) }
    }
  }

  private func waitingTime() -> Int64 {
    guard unpollable.isEmpty, LoopActor.executor.fallAsleep() else { return 0 }
    return clock.nanosecondsToNext() ?? -1
  }

  private func dispatch(_ event: al_event) {
    if event.token == Self.wakeUpToken {
      LoopActor.executor.clearWakeUp()
      return
    }
    let fd = Int32(truncatingIfNeeded: event.token)
    guard let entry = watches[fd], entry.generation == UInt32(event.token >> 32) else { return }
    deliver(Readiness(epoll: event.events), to: entry)
  }

  private func deliver(_ readiness: Readiness, to entry: WatchEntry) {
    entry.handler(entry.isPolled ? readiness : entry.interest)
  }
}

import CLinux
import EventLoop
import Glibc

/// The right to hear how a child of this process ended, and with it the only right to reap it.
///
/// The kernel has one list of children for the whole process, and whoever reaps one takes along the word of how it
/// ended. So there is one list of claims too, whichever host has started them: a sweep for orphans passes over them.
@LoopActor
final class ChildClaim {
  private static var claimed: Set<pid_t> = []

  let pid: pid_t
  private var isOver = false

  static func covers(_ pid: pid_t) -> Bool { claimed.contains(pid) }

  init(_ pid: pid_t) {
    self.pid = pid
    Self.claimed.insert(pid)
  }

  isolated deinit { end() }

  /// How the child ended; nil while it runs.
  var outcome: ProcessEnd? {
    var exited: Int32 = 0, status: Int32 = 0
    switch al_child_ended(pid, &exited, &status) {
    case 0: return nil
    case 1: return exited == 1 ? .exited(status) : .killed(Signal(rawValue: status))
    default: return .unknown
    }
  }

  /// Lets the number go of a child that has ended; the kernel may give it out again from then on.
  func reap() {
    if !isOver, al_child_reap(pid) != 0 { end() }
  }

  /// Whoever else has reaped it.
  func end() {
    if !isOver { Self.claimed.remove(pid) }
    isOver = true
  }
}

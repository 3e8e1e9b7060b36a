import CLinux
import EventLoop
import Glibc

/// A small process that ends what this one leaves behind when it is killed and can do nothing itself any more.
///
/// It hears of each child through a pipe. The pipe's end is our end: whatever is then still on its list, and
/// whatever carries the mark in its environment, is asked to go and two seconds later made to.
@LoopActor
final class OrphanGuard {
  private var records: Int32
  private let claim: ChildClaim

  /// Nil where no process can be started; children are then left to what the kernel tells them.
  init?(mark: String) {
    var pid: pid_t = 0
    records = al_guard_start(mark, &pid)
    guard records >= 0 else { return nil }
    claim = ChildClaim(pid)
  }

  isolated deinit { if records >= 0 { close(records) } }

  func watch(over leader: pid_t) { al_guard_tell(records, leader) }

  func forget(_ leader: pid_t) { al_guard_tell(records, -leader) }

  /// Lets it go, once no child is left, and waits that millisecond: where nobody reaps orphans it would stay as a zombie.
  func end() {
    close(records)
    records = -1
    var status: Int32 = 0
    while waitpid(claim.pid, &status, 0) < 0, errno == EINTR {}
    claim.end()
  }
}

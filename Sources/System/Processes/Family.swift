import CLinux
import EventLoop
import Glibc

/// A child and everything that came from it, daemons in sessions of their own included.
///
/// Orphans come to us, because this process is their subreaper; which child they belong to is told by a variable in
/// their environment, or by having been seen below that child before.
@LoopActor
final class Family {
  let leader: pid_t
  private let mark: String
  private var known: [pid_t: UInt64] = [:]

  /// `mark` is the line of the environment that only this family has.
  init(leader: pid_t, mark: String) {
    self.leader = leader
    self.mark = mark
  }

  /// The members but the leader; those that have ended and whose parent we are get reaped on the way.
  func others() -> [ProcessRecord] {
    let own = getpid()
    let members = living()
    known = Dictionary(uniqueKeysWithValues: members.map { ($0.pid, $0.started) })
    return members.filter { member in
      guard member.isZombie, member.parent == own else { return true }
      return al_child_reap(member.pid) == 0
    }
  }

  /// The kernel's lists of children may miss one while others come and go, so those seen before are asked by number.
  private func living() -> [ProcessRecord] {
    let all = ProcessRecord.descendants(of: getpid())
    let below = Set(ProcessRecord.descendants(of: leader).map(\.pid))
    let found = all.filter { record in
      record.pid != leader && !ChildClaim.covers(record.pid)
        && (below.contains(record.pid) || belongs(record))
    }
    let listed = Set(found.map(\.pid))
    let missed = known.compactMap { pid, started in
      listed.contains(pid)
        ? nil : ProcessRecord(pid: pid).flatMap { $0.started == started ? $0 : nil }
    }
    return found + missed
  }

  private func belongs(_ record: ProcessRecord) -> Bool {
    record.session == leader || record.group == leader || known[record.pid] == record.started
      || (!record.isZombie && record.hasVariable(mark))
  }

  /// Sends a signal to the leader's group at once and to everybody else one by one.
  func signal(_ signal: Signal) {
    let others = others()
    kill(-leader, signal.rawValue)
    kill(leader, signal.rawValue)
    for member in others { Self.send(signal, to: member) }
  }

  /// Through a pidfd, looked at after opening, so that a number given out again is never hit.
  private static func send(_ signal: Signal, to member: ProcessRecord) {
    let handle = al_pidfd_open(member.pid)
    guard handle >= 0 else { return }
    defer { close(handle) }
    guard ProcessRecord(pid: member.pid)?.started == member.started else { return }
    al_pidfd_signal(handle, signal.rawValue)
  }

  /// What all members together have worked and do.
  func effort() -> ProcessEffort {
    ([leader] + others().map(\.pid)).reduce(into: ProcessEffort()) { $0.add($1) }
  }

  /// Resident bytes of all members together.
  func residentBytes() -> Int {
    ([leader] + others().map(\.pid)).reduce(0) { $0 + (ProcessMemory.resident(of: $1) ?? 0) }
  }
}

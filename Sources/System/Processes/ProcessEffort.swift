import Glibc

/// What processes have worked so far, and whether they are at work now.
struct ProcessEffort: Hashable {
  /// Clock ticks of processor time.
  private(set) var ticks: UInt64 = 0
  /// A thread runs, waits for its turn on a processor, or for a disk.
  private(set) var isAtWork = false

  mutating func add(_ pid: pid_t) {
    for thread in ProcessRecord.entries(of: "/proc/\(pid)/task") {
      add(stat: ProcFile.text(of: "/proc/\(pid)/task/\(thread)/stat", atMost: 1024))
    }
  }

  private mutating func add(stat text: String) {
    guard let close = text.lastIndex(of: ")") else { return }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 12 else { return }
    if ["R", "D"].contains(fields[0]) { isAtWork = true }
    ticks &+= (UInt64(fields[11]) ?? 0) &+ (UInt64(fields[12]) ?? 0)
  }
}

/// How a child stands to what was written to it.
package enum ChildAttention: Sendable, Hashable {
  /// Some of it has not been read yet: the program may still be starting.
  case unread
  /// All is read, and the program or something it has started is at work.
  case atWork
  /// All is read, and everything waits for something.
  case atRest
}

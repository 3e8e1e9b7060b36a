import Glibc

/// What /proc tells of one process.
struct ProcessRecord: Hashable {
  let pid: pid_t
  let parent: pid_t
  let group: pid_t
  let session: pid_t
  let isZombie: Bool
  /// Clock ticks since boot; with the pid it names a process for good.
  let started: UInt64

  init?(pid: pid_t) {
    let text = ProcFile.text(of: "/proc/\(pid)/stat", atMost: 1024)
    // The name in parentheses may itself hold spaces and parentheses.
    guard let close = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, let parent = pid_t(fields[1]), let group = pid_t(fields[2]),
      let session = pid_t(fields[3]), let started = UInt64(fields[19])
    else { return nil }
    self.pid = pid
    (self.parent, self.group, self.session, self.started) = (parent, group, session, started)
    isZombie = fields[0] == "Z" || fields[0] == "X"
  }

  /// The processes that any thread of that one has started, or that came to it as orphans.
  static func children(of pid: pid_t) -> [pid_t] {
    entries(of: "/proc/\(pid)/task").flatMap { thread in
      ProcFile.text(of: "/proc/\(pid)/task/\(thread)/children", atMost: 65_536)
        .split(separator: " ").compactMap { pid_t($0) }
    }
  }

  /// Everything below that process, itself left out.
  static func descendants(of root: pid_t) -> [ProcessRecord] {
    var found: [ProcessRecord] = []
    var seen: Set<pid_t> = [root]
    var next = children(of: root)
    while let pid = next.popLast() {
      guard seen.insert(pid).inserted, let record = ProcessRecord(pid: pid) else { continue }
      found.append(record)
      next += children(of: pid)
    }
    return found
  }

  /// Whether the process was started with that line in its environment.
  func hasVariable(_ line: String) -> Bool {
    ProcFile.head(of: "/proc/\(pid)/environ", atMost: 131_072)
      .split(separator: 0).contains { $0.elementsEqual(line.utf8) }
  }

  static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}

/// How much memory a process holds.
package enum ProcessMemory {
  /// Resident bytes; nil where the process is gone.
  package static func resident(of pid: Int32) -> Int? {
    let fields = ProcFile.text(of: "/proc/\(pid)/statm", atMost: 256).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}

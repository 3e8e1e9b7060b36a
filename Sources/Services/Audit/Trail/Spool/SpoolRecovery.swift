import Database
import Glibc

/// Spools that lie beside a store when it is opened.
struct SpoolRecovery {
  let store: AuditStore
  let path: String

  /// Events taken over in one transaction.
  private static let group = 4_096

  /// Brings into the store what servers that were killed had answered for, and waits for what living ones have under way.
  func run() async throws(AuditError) {
    for path in SpoolFile.paths(beside: path) {
      if let file = SpoolFile.abandoned(path) {
        try await takeOver(file)
      } else {
        try await waitForWriter(of: path)
      }
    }
  }

  private func takeOver(_ file: SpoolFile) async throws(AuditError) {
    let done = try await store.taken(from: file.name)
    guard access(path, W_OK) == 0 else {
      if file.written > done { throw unmerged }
      return
    }
    var left = Self.events(in: file).filter { $0.number > done }[...]
    while !left.isEmpty {
      let group = left.prefix(Self.group)
      left = left.dropFirst(Self.group)
      let mark = AuditSpool.Mark(name: file.name, number: group.last?.number ?? 0)
      try await store.append(group.map(\.event), taking: mark)
    }
    file.taken = file.written
    file.remove()
    try await store.forget(spool: file.name)
  }

  /// In the order in which they were put in.
  private static func events(in file: SpoolFile) -> [(event: PreparedEvent, number: UInt64)] {
    var found: [(event: PreparedEvent, number: UInt64)] = []
    for index in 0..<2 {
      var rest = UnsafeRawBufferPointer(file.segment(index))
      var expected: UInt64?
      // What an earlier turn has left behind the last record has other numbers.
      while let record = SpoolRecord.read(rest, number: expected) {
        found.append((record.event, record.number))
        expected = record.number + 1
        rest = UnsafeRawBufferPointer(rebasing: rest[min(record.bytes, rest.count)...])
      }
    }
    return found.sorted { $0.number < $1.number }
  }

  /// A living server takes a moment to bring over what it has answered for; one that cannot tells so itself.
  private func waitForWriter(of path: String) async throws(AuditError) {
    guard let file = SpoolFile.reading(path) else { return }
    let wanted = file.written
    guard file.taken < wanted else { return }
    // Where nobody can write, nobody can tell either whether its writer lives.
    guard access(self.path, W_OK) == 0 else { throw unmerged }
    try await store.perform { _ in
      guard let file = SpoolFile.reading(path) else { return }
      // Nothing in another process wakes whoever waits for it; this thread is the store's, which has nothing else to do.
      for _ in 0..<Self.looks where file.taken < wanted { usleep(Self.pause) }
    }
  }

  private var unmerged: AuditError { .store(DatabaseError(.unmerged, store: path, detail: "")) }

  private static let looks = 100
  private static let pause: useconds_t = 2_500
}

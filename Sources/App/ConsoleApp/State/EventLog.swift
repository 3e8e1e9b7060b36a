/// One message to the person: whatever the status line said, and what came without being said there.
struct EventEntry: Sendable, Hashable {
  let number: Int
  let at: Int64
  let level: Status.Level
  let source: String
  let text: String
}

/// Every message there was, bounded: the oldest goes first.
struct EventLog: Sendable, Hashable {
  private static let most = 5_000
  private static let longest = 8_000

  private(set) var entries: [EventEntry] = []
  private(set) var last = 0
  private(set) var generation = 0

  mutating func add(_ level: Status.Level, _ source: String, _ text: String, at now: Int64) {
    last += 1
    let kept = text.utf8.count > Self.longest ? String(text.prefix(Self.longest)) + "…" : text
    entries.append(EventEntry(number: last, at: now, level: level, source: source, text: kept))
    guard entries.count > Self.most else { return }
    entries.removeFirst(Self.most / 10)
    generation += 1
  }
}

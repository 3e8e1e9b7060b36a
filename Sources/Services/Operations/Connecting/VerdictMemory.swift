package import EventLoop
package import JSON
package import MCPClient

/// What earlier connections have settled, by target: a value that is read from a file and written back.
package struct VerdictMemory: Sendable, Hashable {
  private var entries: [String: RememberedVerdict] = [:]
  private static let kept = 500

  package init() {}

  package func verdict(for target: String, at now: WallTime) -> NegotiationVerdict? {
    entries[target]?.verdict(at: now)
  }

  /// The verdict with the evidence it rests on, as long as it is believed.
  package func entry(for target: String, at now: WallTime) -> RememberedVerdict? {
    entries[target].flatMap { $0.verdict(at: now) == nil ? nil : $0 }
  }

  /// True where that is news.
  package mutating func remember(
    _ verdict: NegotiationVerdict, for target: String, at now: WallTime, evidence: [String] = []
  ) -> Bool {
    let entry = RememberedVerdict(verdict, time: now, evidence: evidence)
    guard self.verdict(for: target, at: now) != entry.verdict(at: now) else { return false }
    entries[target] = entry
    dropOldest()
    return true
  }

  private mutating func dropOldest() {
    guard entries.count > Self.kept else { return }
    let oldest = entries.min { $0.value.time < $1.value.time }
    if let oldest { entries[oldest.key] = nil }
  }
}

// MARK: - As a file

extension VerdictMemory {
  /// A file that another release wrote, or that is broken, costs a probe and nothing else.
  package init(reading json: JSON) {
    for member in json["targets"]?.object?.members ?? [] {
      guard let entry = RememberedVerdict(member.value) else { continue }
      entries[member.key] = entry
    }
  }

  package var json: JSON {
    let members = entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
    return ["targets": .object(JSONObject(members))]
  }
}

package import EventLoop
package import JSON
package import MCPClient
import MCPProtocol

/// What earlier connections have settled, by target: a value that is read from a file and written back.
///
/// A stateless verdict holds until it is contradicted. A handshake verdict is asked anew after a day, because a
/// server that was taught the newer revision still answers the older way.
package struct VerdictMemory: Sendable, Hashable {
  fileprivate struct Entry: Sendable, Hashable {
    var verdict: NegotiationVerdict
    var settledAt: WallTime
  }

  private var entries: [String: Entry] = [:]
  private static let trustInHandshake = Duration.seconds(86_400)
  private static let kept = 500

  package init() {}

  package func verdict(for target: String, at now: WallTime) -> NegotiationVerdict? {
    guard let entry = entries[target] else { return nil }
    let isStale =
      entry.verdict.era == .handshake
      && entry.settledAt.advanced(by: Self.trustInHandshake) < now
    return isStale ? nil : entry.verdict
  }

  /// True where that is news.
  package mutating func remember(
    _ verdict: NegotiationVerdict, for target: String, at now: WallTime
  ) -> Bool {
    let bare = NegotiationVerdict(
      era: verdict.era, version: verdict.version, usesLegacyStream: verdict.usesLegacyStream,
      opening: .null, way: .current)
    guard self.verdict(for: target, at: now) != bare else { return false }
    entries[target] = Entry(verdict: bare, settledAt: now)
    dropOldest()
    return true
  }

  private mutating func dropOldest() {
    guard entries.count > Self.kept else { return }
    let oldest = entries.min { $0.value.settledAt < $1.value.settledAt }
    if let oldest { entries[oldest.key] = nil }
  }
}

// MARK: - As a file

extension VerdictMemory {
  /// A file that another release wrote, or that is broken, costs a probe and nothing else.
  package init(reading json: JSON) {
    for member in json["targets"]?.object?.members ?? [] {
      guard let entry = Entry(reading: member.value) else { continue }
      entries[member.key] = entry
    }
  }

  package var json: JSON {
    let members = entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
    return ["targets": .object(JSONObject(members))]
  }
}

extension VerdictMemory.Entry {
  fileprivate init?(reading json: JSON) {
    let version = json["version"]?.string.map(ProtocolVersion.init(rawValue:))
    guard let version, version.isKnown, let era = json["era"]?.string.flatMap(Era.init(rawValue:)),
      let moment = json["settledAt"]?.int
    else { return nil }
    self.init(
      verdict: NegotiationVerdict(
        era: era, version: version, usesLegacyStream: json["legacyStream"]?.bool ?? false,
        opening: .null, way: .current),
      settledAt: WallTime(microseconds: Int64(moment)))
  }

  fileprivate var json: JSON {
    [
      "era": .string(verdict.era.rawValue), "version": .string(verdict.version.rawValue),
      "legacyStream": .bool(verdict.usesLegacyStream),
      "settledAt": .number(JSONNumber(settledAt.microseconds)),
    ]
  }
}

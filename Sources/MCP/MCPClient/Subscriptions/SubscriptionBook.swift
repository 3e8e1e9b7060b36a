import JSON
import JSONRPC
import MCPProtocol

/// What we want to hear of, and which stream brings it. Pure.
struct SubscriptionBook: Sendable {
  var wanted = SubscriptionFilter()
  /// Streams asked for, the newest last; an older one lives until the newer is agreed.
  private(set) var streams: [RPCID] = []
  private(set) var failures = 0

  mutating func opened(_ id: RPCID) { streams.append(id) }
  mutating func ended(_ id: RPCID) { streams.removeAll { $0 == id } }

  func knows(_ json: JSON) -> Bool {
    guard let id = RPCID(json) else { return false }
    return streams.contains(where: id.resembles)
  }

  /// The streams that a newly agreed one replaces.
  mutating func agreed(on json: JSON?) -> [RPCID] {
    failures = 0
    guard let id = json.flatMap(RPCID.init), let index = streams.firstIndex(where: id.resembles)
    else { return [] }
    return Array(streams[..<index])
  }

  /// How long to wait before the lost stream is opened again: from one second to half a minute.
  mutating func backoff() -> Duration {
    defer { failures += 1 }
    return min(.seconds(1 << min(failures, 5)), .seconds(30))
  }

  /// What was asked for and not agreed to.
  static func isNarrower(_ agreed: SubscriptionFilter, than asked: SubscriptionFilter) -> Bool {
    let flags: [KeyPath<SubscriptionFilter, Bool?>] = [
      \.toolsListChanged, \.promptsListChanged, \.resourcesListChanged,
    ]
    if flags.contains(where: { asked[keyPath: $0] == true && agreed[keyPath: $0] != true }) {
      return true
    }
    let uris = Set(asked.resourceSubscriptions ?? []).subtracting(
      agreed.resourceSubscriptions ?? [])
    return !uris.isEmpty || !Set(asked.taskIds ?? []).isSubset(of: agreed.taskIds ?? [])
  }
}

extension SubscriptionFilter {
  var isEmpty: Bool {
    toolsListChanged != true && promptsListChanged != true && resourcesListChanged != true
      && (resourceSubscriptions ?? []).isEmpty && (taskIds ?? []).isEmpty
  }
}

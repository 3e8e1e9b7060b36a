/// The calls we have sent and not yet seen answered. Ids count upwards and are never used twice.
package struct PendingCalls<Call: Sendable>: Sendable {
  private var calls: [RPCID: Call] = [:]
  /// Abandoned calls whose answer may still come, oldest first, bounded.
  private var abandoned: [RPCID] = []
  private var next: Int
  private let first: Int
  private let memory: Int

  /// Ids begin at 1: some peers take id 0 for no id.
  package init(startingAt first: Int = 1, remembering memory: Int = 1024) {
    next = first
    self.first = first
    self.memory = memory
  }

  package var count: Int { calls.count }
  package var isEmpty: Bool { calls.isEmpty }
  package var ids: [RPCID] { calls.keys.sorted { ($0.integer ?? 0) < ($1.integer ?? 0) } }

  /// The calls in no order.
  package var waiting: some Sequence<Call> { calls.values }

  /// The id that the next `open` will give.
  package var upcoming: RPCID { RPCID(next) }

  package subscript(id: RPCID) -> Call? {
    get { calls[id] }
    set { if calls[id] != nil { calls[id] = newValue } }
  }

  package mutating func open(_ call: Call) -> RPCID {
    let id = RPCID(next)
    next += 1
    calls[id] = call
    return id
  }

  /// Under an id of the caller's choice, such as a probe's; false where it is taken.
  package mutating func open(_ call: Call, as id: RPCID) -> Bool {
    guard calls[id] == nil, !wasIssued(id) else { return false }
    calls[id] = call
    return true
  }

  /// Takes the call that an answer belongs to, or says why there is none.
  package mutating func settle(_ id: RPCID) -> Settlement<Call> {
    if let call = calls.removeValue(forKey: id) { return .answered(id, call) }
    if let index = abandoned.firstIndex(where: id.resembles) {
      return .late(abandoned.remove(at: index))
    }
    if let near = calls.keys.first(where: id.resembles), let call = calls.removeValue(forKey: near)
    {
      return .loosely(near, call)
    }
    return wasIssued(id) ? .duplicate : .unknown
  }

  /// Stops waiting. The id stays reserved, so that a late answer is known for what it is.
  package mutating func abandon(_ id: RPCID) -> Call? {
    guard let call = calls.removeValue(forKey: id) else { return nil }
    abandoned.append(id)
    if abandoned.count > memory { abandoned.removeFirst(abandoned.count - memory) }
    return call
  }

  /// Ends everything, in the order of sending where ids are our own.
  package mutating func drain() -> [(id: RPCID, call: Call)] {
    let all = ids.compactMap { id in calls[id].map { (id: id, call: $0) } }
    calls = [:]
    return all
  }

  private func wasIssued(_ id: RPCID) -> Bool {
    guard let value = id.integer else { return false }
    return value >= first && value < next
  }
}

/// What an arriving answer means to the table of pending calls.
package enum Settlement<Call: Sendable>: Sendable {
  case answered(RPCID, Call)
  /// The id is written otherwise than we sent it, but only one call can be meant.
  case loosely(RPCID, Call)
  /// We had stopped waiting.
  case late(RPCID)
  case duplicate
  case unknown
}

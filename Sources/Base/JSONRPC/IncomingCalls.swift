/// The requests of the peer that we have not answered yet, and which of them it has cancelled.
package struct IncomingCalls<State: Sendable>: Sendable {
  private var open: [RPCID: State] = [:]

  package init() {}

  package var ids: [RPCID] { Array(open.keys) }
  package subscript(id: RPCID) -> State? { open[id] }

  /// False where the peer uses an id that is still open.
  package mutating func begin(_ id: RPCID, _ state: State) -> Bool {
    guard open[id] == nil else { return false }
    open[id] = state
    return true
  }

  /// Nil where the request was cancelled meanwhile or never came: then nothing must be sent.
  package mutating func finish(_ id: RPCID) -> State? { open.removeValue(forKey: id) }

  /// Cancels by the peer's wish; an unknown or finished id is legal and means nothing.
  package mutating func cancel(_ id: RPCID) -> State? { open.removeValue(forKey: id) }

  package mutating func drain() -> [RPCID: State] {
    defer { open = [:] }
    return open
  }
}

package import JSONRPC
package import MCPProtocol

/// One thing a server wants from the user, whichever way it asked.
package struct InputItem: Sendable, Hashable, Identifiable {
  package let id: Int
  package let origin: InputOrigin
  package let request: InputRequest
}

/// How and on whose behalf the server asked.
package enum InputOrigin: Sendable, Hashable {
  /// A request of its own, answered under that id.
  case server(RPCID)
  /// In place of a result; the call is repeated with the answers.
  case round(Int, method: String, name: String?)
  case task(id: String)
}

/// All that servers wait for, oldest first. Pure.
struct InputQueue: Sendable {
  private(set) var items: [InputItem] = []
  private var last = 0

  mutating func add(_ request: InputRequest, from origin: InputOrigin) -> InputItem {
    last += 1
    let item = InputItem(id: last, origin: origin, request: request)
    items.append(item)
    return item
  }

  /// Nil where it was answered or withdrawn before.
  mutating func take(_ id: Int) -> InputItem? {
    items.firstIndex { $0.id == id }.map { items.remove(at: $0) }
  }

  mutating func take(server id: RPCID) -> InputItem? {
    items.firstIndex { $0.origin == .server(id) }.map { items.remove(at: $0) }
  }

  mutating func takeAll() -> [InputItem] {
    defer { items = [] }
    return items
  }
}

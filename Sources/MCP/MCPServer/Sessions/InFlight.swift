import JSONRPC

/// A client's requests under way by their ids: nearly always one, which is kept without hashing.
struct InFlight {
  private var first: (id: RPCID, exchange: Exchange)?
  private var more: [RPCID: Exchange] = [:]

  var isEmpty: Bool { first == nil && more.isEmpty }
  var all: [Exchange] { (first.map { [$0.exchange] } ?? []) + more.values }

  subscript(id: RPCID) -> Exchange? {
    get {
      if let first, first.id == id { return first.exchange }
      return more.isEmpty ? nil : more[id]
    }
    set {
      if first == nil || first?.id == id, more[id] == nil {
        first = newValue.map { (id, $0) }
      } else {
        more[id] = newValue
      }
    }
  }
}

package import JSON

/// What one line, body or event carries: a message, or a batch of them.
package enum RPCFrame: Sendable, Hashable {
  case single(RPCReceived)
  case batch([RPCReceived])

  package init(_ json: JSON) {
    if let elements = json.array, !elements.isEmpty {
      self = .batch(elements.map(RPCReceived.init))
    } else {
      self = .single(RPCReceived(json))
    }
  }

  package var messages: [RPCReceived] {
    switch self {
    case .single(let message): [message]
    case .batch(let messages): messages
    }
  }
}

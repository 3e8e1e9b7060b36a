package import JSON

/// One JSON-RPC message of either direction.
package enum RPCMessage: Sendable, Hashable {
  case request(RPCRequest)
  case notification(RPCNotification)
  case response(RPCResponse)

  package var json: JSON {
    switch self {
    case .request(let request): request.json
    case .notification(let notification): notification.json
    case .response(let response): response.json
    }
  }

  package var id: RPCID? {
    switch self {
    case .request(let request): request.id
    case .notification: nil
    case .response(let response): response.id
    }
  }

  package var method: String? {
    switch self {
    case .request(let request): request.method
    case .notification(let notification): notification.method
    case .response: nil
    }
  }
}

/// A call that wants an answer under its id.
package struct RPCRequest: Sendable, Hashable {
  package var id: RPCID
  package var method: String
  package var params: JSON?

  package init(id: RPCID, method: String, params: JSON? = nil) {
    self.id = id
    self.method = method
    self.params = params
  }

  package var json: JSON {
    var object: JSONObject = ["jsonrpc": "2.0", "id": id.json, "method": .string(method)]
    if let params { object.members.append(.init(key: "params", value: params)) }
    return .object(object)
  }
}

/// A message that is never answered.
package struct RPCNotification: Sendable, Hashable {
  package var method: String
  package var params: JSON?

  package init(method: String, params: JSON? = nil) {
    self.method = method
    self.params = params
  }

  package var json: JSON {
    var object: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { object.members.append(.init(key: "params", value: params)) }
    return .object(object)
  }
}

/// The answer to a request; without an id it answers something that could not be read.
package struct RPCResponse: Sendable, Hashable {
  package var id: RPCID?
  package var outcome: RPCOutcome

  package init(id: RPCID?, outcome: RPCOutcome) {
    self.id = id
    self.outcome = outcome
  }

  package var json: JSON {
    var object: JSONObject = ["jsonrpc": "2.0", "id": id?.json ?? .null]
    switch outcome {
    case .result(let result): object.members.append(.init(key: "result", value: result))
    case .error(let error): object.members.append(.init(key: "error", value: error.json))
    case .missing: break
    }
    return .object(object)
  }
}

/// What a response carries; `missing` is a broken peer's answer that has neither.
package enum RPCOutcome: Sendable, Hashable {
  case result(JSON)
  case error(RPCError)
  case missing
}

import JSON
import JSONRPC
package import MCPProtocol

/// A request a server sends to the client.
package enum ServerAsk: Sendable, Hashable {
  case ping
  case input(InputRequest)
  /// Known to the revision, but for a capability this client never declares, or known to none.
  case unsupported

  init(_ request: RPCRequest, features: WireFeatures) {
    let row = MethodTable.row(request.method, in: features.version)
    guard let row, row.sender != .client else {
      self = .unsupported
      return
    }
    switch request.method {
    case "ping": self = .ping
    case "sampling/createMessage", "roots/list", "elicitation/create":
      self = .input(
        InputRequest(
          key: request.id.description, method: request.method, params: request.params))
    default: self = .unsupported
    }
  }
}

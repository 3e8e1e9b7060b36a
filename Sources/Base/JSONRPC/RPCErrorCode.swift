/// A JSON-RPC error code: an open set, the known ones by name.
package struct RPCErrorCode: RawRepresentable, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let parseError = RPCErrorCode(rawValue: -32700)
  package static let invalidRequest = RPCErrorCode(rawValue: -32600)
  package static let methodNotFound = RPCErrorCode(rawValue: -32601)
  package static let invalidParams = RPCErrorCode(rawValue: -32602)
  package static let internalError = RPCErrorCode(rawValue: -32603)
}

extension RPCErrorCode: CustomStringConvertible, ExpressibleByIntegerLiteral {
  package var description: String { String(rawValue) }
  package init(integerLiteral value: Int) { rawValue = value }
}

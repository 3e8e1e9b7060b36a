package import JSONRPC
package import MCPProtocol

extension RPCErrorCode {
  package static let userRejected = RPCErrorCode(rawValue: -1)
  package static let resourceNotFound = RPCErrorCode(rawValue: -32002)
  package static let elicitationRequired = RPCErrorCode(rawValue: -32042)
  package static let headerMismatch = RPCErrorCode(rawValue: -32020)
  package static let missingCapability = RPCErrorCode(rawValue: -32021)
  package static let unsupportedVersion = RPCErrorCode(rawValue: -32022)
  /// What release candidates of 2026-07-28 sent for `unsupportedVersion`.
  package static let unsupportedVersionCandidate = RPCErrorCode(rawValue: -32004)
}

/// What an error code means in the revisions that use it.
package struct ErrorRow: Sendable {
  package let code: RPCErrorCode
  package let name: String
  package let meaning: String
  package let window: VersionWindow
}

/// The codes by revision; a code outside it is the server's own.
package enum ErrorTable {
  package static let rows: [ErrorRow] = [
    row(.parseError, "ParseError", "the message is not valid JSON", .always),
    row(.invalidRequest, "InvalidRequest", "the message is no valid request", .always),
    row(.methodNotFound, "MethodNotFound", "the method does not exist here", .always),
    row(.invalidParams, "InvalidParams", "the parameters are not accepted", .always),
    row(.internalError, "InternalError", "the server failed inside", .always),
    row(.userRejected, "UserRejected", "the user refused", .handshake),
    row(.resourceNotFound, "ResourceNotFound", "the resource does not exist", .handshake),
    row(
      .elicitationRequired, "URLElicitationRequired", "a page has to be opened first",
      VersionWindow(.v20251125, until: .v20260728)),
    row(
      .headerMismatch, "HeaderMismatch", "the HTTP headers and the message disagree", .stateless),
    row(
      .missingCapability, "MissingRequiredClientCapability", "the client lacks a capability",
      .stateless),
    row(
      .unsupportedVersion, "UnsupportedProtocolVersion", "the protocol version is not offered",
      .stateless),
  ]

  /// The row of that revision, or of any other where a peer sends a code out of its time.
  package static func row(for code: RPCErrorCode, in version: ProtocolVersion?) -> ErrorRow? {
    let found = rows.filter { $0.code == code }
    return found.first { row in version.map(row.window.contains) ?? true } ?? found.first
  }

  private static func row(
    _ code: RPCErrorCode, _ name: String, _ meaning: String, _ window: VersionWindow
  ) -> ErrorRow {
    ErrorRow(code: code, name: name, meaning: meaning, window: window)
  }
}

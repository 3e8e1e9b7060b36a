import JSON
package import JSONRPC

extension RPCError {
  private static let inputCapabilities = ["elicitation", "sampling", "roots"]

  /// Not so much a failure as a question: the server would go on if this client opened a page or answered.
  package var asksForInput: Bool {
    if code == .elicitationRequired { return true }
    guard case .missingCapability(let wanted) = ErrorMeaning(self) else { return false }
    return Self.inputCapabilities.contains { wanted[$0] != nil }
  }
}

import MCPServer
import MockBackend

extension SystemPlan {
  /// A key that names a workspace opens that one; any other key opens the first.
  static let workspaceOfKey: Admission = { caller, _, _, _ in
    guard let name = caller.claims["projects"]?.split(separator: " ").first else {
      return .good(caller)
    }
    var admitted = caller
    admitted.claims["workspace"] = String(name)
    return .good(admitted)
  }
}

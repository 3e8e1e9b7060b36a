import JSON
import MCPProtocol

/// A window that changes nothing: which calls it makes all the same.
enum ReadOnly {
  static let reason = "the window is read-only"

  /// Methods that only look.
  private static let reading: Set<String> = [
    "ping", "server/discover", "tools/list", "resources/list", "resources/templates/list",
    "resources/read", "prompts/list", "prompts/get", "completion/complete", "tasks/get",
    "tasks/list", "tasks/result", "logging/setLevel",
  ]

  static func allows(_ method: String) -> Bool { reading.contains(method) }
}

extension ConsoleState {
  /// Why a call is not made where the window is read-only; nil where it is.
  func refusal(of order: CallRecord.Order, _ link: Link.ID) -> String? {
    guard isReadOnly else { return nil }
    switch order {
    case .resource, .prompt: return nil
    case .tool(let name, _, _): return refusal(ofTool: name, link)
    case .raw("tools/call", let params):
      return refusal(ofTool: params?["name"]?.string ?? "", link)
    case .raw(let method, _):
      return ReadOnly.allows(method)
        ? nil : "\(ReadOnly.reason), and \(method) may change something"
    }
  }

  /// What says of itself that it only reads is let through.
  func refusal(ofTool name: String, _ link: Link.ID?) -> String? {
    guard isReadOnly else { return nil }
    let tool = link.flatMap { links[$0] }?.tools.first { $0.tool.name == name }?.tool
    return tool?.annotations?.readOnlyHint == true
      ? nil : "\(ReadOnly.reason), and \(name) is not marked read-only by its server"
  }
}

import EventLoop
package import JSON
import MCPProtocol

/// Proposes values for one argument.
package enum Completer: Sendable {
  /// Those of a fixed list that begin with what was typed, letter case aside.
  case fixed([String])
  /// Whatever fits; the server cuts what is too long.
  case computed(@LoopActor (CompletionQuestion) async throws -> [String])
}

/// What has been typed so far, and by whom.
package struct CompletionQuestion: Sendable {
  package let value: String
  /// The other arguments, where the client sends them.
  package let context: JSONObject
  package let caller: Caller
}

extension Completion {
  init(of values: [String]) {
    self.init()
    self.values = Array(values.prefix(Self.limit))
    total = values.count
    hasMore = values.count > Self.limit
  }

  init(fixed values: [String], typed: String) {
    let typed = typed.lowercased()
    self.init(of: values.filter { $0.lowercased().hasPrefix(typed) })
  }
}

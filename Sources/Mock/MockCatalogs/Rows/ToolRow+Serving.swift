import EventLoop
import JSON
import MCPProtocol
import MCPServer
import MockBackend

extension ToolRow {
  /// The tool as the stack serves it.
  @LoopActor
  func tool(_ desk: SystemDesk, scopes: ScopeRule, icon: Icon?) -> ServerTool {
    let definition = Tool(
      name, title: title, summary, input: inputSchema, output: output,
      annotations: effect.annotations, icons: icon.map { [$0] })
    let needed = scopes.scopes(for: self)
    if let talk {
      return ServerTool(definition, scopes: needed, isVisible: isVisible, task: task) {
        invocation async throws in
        do { return try await talk(invocation, desk) } catch let error as WorldError {
          throw ToolFailure(error.description)
        }
      }
    }
    if desk.isImmediate {
      return ServerTool(definition, scopes: needed, isVisible: isVisible) { invocation throws in
        do throws(WorldError) {
          return .structured(
            try desk.perform(self, invocation.arguments, Visitor(invocation.caller)))
        } catch { throw ToolFailure(error.description) }
      }
    }
    return ServerTool(definition, scopes: needed, isVisible: isVisible) {
      invocation async throws in
      do throws(WorldError) {
        return .structured(try await desk.ask(self, invocation.arguments, invocation.caller))
      } catch { throw ToolFailure(error.description) }
    }
  }
}

/// Which scopes the tools of a system need.
struct ScopeRule: Sendable {
  let reading: [String]
  let writing: [String]

  static let none = ScopeRule(reading: [], writing: [])
  static let readWrite = ScopeRule(reading: ["read"], writing: ["write"])

  func scopes(for row: ToolRow) -> [String] { row.effect.isMutating ? writing : reading }
}

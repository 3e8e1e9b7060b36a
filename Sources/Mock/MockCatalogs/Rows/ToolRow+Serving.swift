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
    let isVisible: @Sendable (Caller) -> Bool = { [faults = desk.faults] in
      self.isVisible(to: $0, faults)
    }
    if let talk {
      return ServerTool(definition, scopes: needed, isVisible: isVisible, task: task) {
        invocation async throws in
        do { return try await talk(invocation, desk) } catch let error as WorldError {
          throw ToolFailure(error.description)
        }
      }
    }
    let wait: @LoopActor (Invocation) async throws -> ToolResult = { invocation in
      do throws(WorldError) {
        return .structured(try await desk.ask(self, invocation.arguments, invocation.caller))
      } catch { throw ToolFailure(error.description) }
    }
    guard desk.world != nil else {
      return ServerTool(definition, scopes: needed, isVisible: isVisible, run: wait)
    }
    return ServerTool(
      definition, scopes: needed, isVisible: isVisible,
      answer: { invocation in
        guard desk.isQuiet else { return nil }
        do throws(WorldError) {
          return .structured(
            try desk.perform(self, invocation.arguments, Visitor(invocation.caller)))
        } catch { throw ToolFailure(error.description) }
      }, otherwise: wait)
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

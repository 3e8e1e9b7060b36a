import EventLoop
import JSON
package import JSONSchema
import MCPProtocol
import MCPServer
package import MockBackend

/// One tool of a system: what is listed, who may call it, where REST has it, and what it does.
package struct ToolRow: Sendable {
  /// What a call does to the world.
  package enum Effect: Sendable, Hashable {
    case reads, creates, changes, deletes

    var isMutating: Bool { self != .reads }

    var annotations: ToolAnnotations {
      ToolAnnotations(
        readOnly: self == .reads, destructive: self == .deletes,
        idempotent: self == .reads || self == .changes, openWorld: false)
    }
  }

  /// A handler that talks to its caller before or while the deed is done.
  typealias Talk = @LoopActor @Sendable (Invocation, SystemDesk) async throws -> ToolResult

  package let name: String
  package let title: String
  package let summary: String
  package let effect: Effect
  package let route: RestRoute
  package let input: [SchemaMember]
  package let output: Schema
  let deed: WorldDeed
  private(set) var talk: Talk?
  private(set) var task = TaskPolicy.never
  /// Who sees it at all; nil means everyone.
  private(set) var isVisible: (@Sendable (Caller) -> Bool)?

  init(
    _ name: String, _ title: String, _ effect: Effect, _ route: RestRoute, _ summary: String,
    _ input: [SchemaMember] = [], returns output: Schema, _ deed: @escaping WorldDeed
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.effect = effect
    self.route = route
    self.input = input
    self.output = output
    self.deed = deed
  }

  /// The same, talking to its caller.
  func talking(task: TaskPolicy = .never, _ talk: @escaping Talk) -> ToolRow {
    var copy = self
    copy.talk = talk
    copy.task = task
    return copy
  }

  /// The same, hidden from some.
  func shown(to isVisible: @escaping @Sendable (Caller) -> Bool) -> ToolRow {
    var copy = self
    copy.isVisible = isVisible
    return copy
  }

  var inputSchema: Schema { .object(input).closed() }
}

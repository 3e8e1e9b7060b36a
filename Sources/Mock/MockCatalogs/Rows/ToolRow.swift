import EventLoop
import Faults
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
  /// The feature flag without which it is not there.
  private(set) var flag: String?
  /// Roles that do not have it.
  private(set) var hiddenFrom: Set<String> = []

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

  /// The same, for people with a flag and with other roles than these.
  func shown(flag: String, notRoles roles: Set<String> = []) -> ToolRow {
    var copy = self
    copy.flag = flag
    copy.hiddenFrom = roles
    return copy
  }

  /// Whoever is no person of the system, as a program's own user, sees everything.
  func isVisible(to caller: Caller, _ faults: FaultBoard?) -> Bool {
    if let faults, faults.has(BackendFault.noTools) { return false }
    guard let flag else { return true }
    if let faults, faults.has(BackendFault.flagOff) { return false }
    let roles = (caller.claims["roles"] ?? "").split(separator: " ").map(String.init)
    guard hiddenFrom.isDisjoint(with: roles) else { return false }
    return caller.claims["flags"].map { $0.split(separator: " ").contains(flag[...]) } ?? true
  }

  var inputSchema: Schema { .object(input).closed() }
}

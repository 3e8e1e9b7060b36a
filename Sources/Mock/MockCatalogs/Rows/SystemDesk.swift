package import EventLoop
package import Faults
import JSON
import JSONSchema
import MCPServer
package import MockBackend

/// Where the deeds of one system are done: in a world of this process, or at an API.
@LoopActor
package final class SystemDesk {
  let rows: [String: ToolRow]
  package let world: World?
  let approvals: ApprovalStore
  private let api: RestClient?
  private let memberHeader: String?
  package let faults: FaultBoard?
  let clock: any LoopClock
  private let glance: (@LoopActor () -> Void)?

  init(_ plan: SystemPlan, _ wish: CatalogWish) throws(WorldError) {
    rows = Dictionary(plan.rows.map { ($0.name, $0) }) { first, _ in first }
    memberHeader = plan.memberHeaders.last
    api = wish.api
    faults = wish.faults
    glance = wish.glance
    clock = wish.clock
    if let given = wish.approvals {
      approvals = given
    } else {
      approvals = try ApprovalStore(clock: wish.clock)
    }
    world = wish.api == nil ? try World(plan.world, wish.world, clock: wish.clock) : nil
  }

  /// Whether nothing goes wrong on purpose just now.
  var isQuiet: Bool {
    glance?()
    return faults?.isQuiet ?? true
  }

  func perform(
    _ row: ToolRow, _ arguments: JSONObject, _ visitor: Visitor
  ) throws(WorldError) -> JSON {
    guard let world else { throw WorldError(.unavailable, "there is no data here") }
    return try Self.perform(row, arguments, visitor, in: world)
  }

  /// All of it or nothing.
  static func perform(
    _ row: ToolRow, _ arguments: JSONObject, _ visitor: Visitor, in world: World
  ) throws(WorldError) -> JSON {
    let call = WorldCall(world, visitor, arguments)
    guard row.effect.isMutating else { return try row.deed(call) }
    return try world.store.together { () throws(WorldError) in try row.deed(call) }
  }

  /// Finds out whether a deed could be done, and does nothing.
  func rehearse(
    _ name: String, _ arguments: JSONObject, _ caller: Caller
  ) throws(WorldError) {
    guard let world, let row = rows[name] else { return }
    do throws(WorldError) {
      try world.store.together { () throws(WorldError) in
        _ = try row.deed(WorldCall(world, Visitor(caller), arguments))
        throw Self.curtain
      }
    } catch { if error != Self.curtain { throw error } }
  }

  private static let curtain = WorldError(.conflict, "this was a rehearsal")

  /// The same wherever the data is.
  func ask(
    _ row: ToolRow, _ arguments: JSONObject, _ caller: Caller
  ) async throws(WorldError) -> JSON {
    if !isQuiet { try await meetFaults(row) }
    guard let api else { return try perform(row, arguments, Visitor(caller)) }
    let member = caller.claims["user"].flatMap { user in memberHeader.map { [($0, user)] } }
    return try await api.ask(row.route, arguments, fields: member ?? [])
  }

  func ask(
    _ name: String, _ arguments: JSONObject = [:], _ caller: Caller
  ) async throws -> JSON {
    guard let row = rows[name] else { throw WorldError(.notFound, "there is no \(name)") }
    return try await ask(row, arguments, caller)
  }
}

extension Visitor {
  init(_ caller: Caller) {
    self.init(
      name: caller.principal, person: caller.claims["user"],
      workspace: caller.claims["workspace"],
      projects: Set((caller.claims["projects"] ?? "").split(separator: " ").map(String.init)))
    flags = Set((caller.claims["flags"] ?? "").split(separator: " ").map(String.init))
  }
}

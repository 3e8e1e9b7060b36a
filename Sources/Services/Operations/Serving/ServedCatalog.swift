import AuthorizationServer
import EventLoop
import Faults
import HTTPCore
import MCPServer
package import MockBackend
import MockCatalogs

/// A system ready to be served: its catalog, and what stands behind it.
@LoopActor
struct ServedCatalog {
  let catalog: Catalog
  let plan: SystemPlan?
  let desk: SystemDesk?

  init(
    _ wish: ServeWish, _ faults: FaultBoard, glance: (@LoopActor () -> Void)?
  ) throws(OperationFailure) {
    if let recording = wish.recording {
      (catalog, plan, desk) = (recording.catalog(), nil, nil)
      return
    }
    guard let row = CatalogRow.named(wish.system) else {
      let names = CatalogRow.all.map(\.name).joined(separator: ", ")
      throw OperationFailure(
        .usage, layer: "config", "there is no system '\(wish.system)'", hint: "known: \(names)")
    }
    var opened: SystemDesk?
    var order = CatalogWish(clock: wish.calendar ?? LoopActor.loop.clock)
    order.isLocal = wish.way == .stdio
    order.world = wish.world
    try Self.prepare(wish.world)
    order.opened = { opened = $0 }
    do throws(WorldError) {
      order.approvals = try Self.approvals(wish)
      order.api = try wish.api?.client()
      order.faults = faults
      order.glance = glance
      catalog = try row.make(order)
    } catch { throw OperationFailure(.usage, layer: "config", error.description) }
    plan = row.plan?()
    desk = opened
  }

  /// The data's file is for its owner only, as everything beside it.
  static func prepare(_ world: WorldOptions) throws(OperationFailure) {
    guard let path = world.path else { return }
    do throws(SystemError) { _ = try DataFolder.prepare(path) } catch {
      throw OperationFailure(
        .usage, layer: "config", "cannot make '\(error.call)': \(error.reason)")
    }
  }

  /// Where other programs can see what waits, if there is such a place.
  private static func approvals(_ wish: ServeWish) throws(WorldError) -> ApprovalStore? {
    if let given = wish.approvals { return given }
    guard wish.system == "allv", case .folder(let folder) = wish.records else { return nil }
    return try ApprovalStore(folder: folder)
  }
}

extension ServedCatalog {
  /// The check with the system's own look at whoever is let in.
  func admitting(_ check: any CredentialCheck) -> any CredentialCheck {
    guard let plan, let desk else { return check }
    if let admission = plan.admission, let world = desk.world {
      return AdmittingCheck(check) { admission($0, $1, world, desk.faults) }
    }
    guard !plan.memberHeaders.isEmpty else { return check }
    // Whether there is such a member is for the API to say.
    return AdmittingCheck(check) { caller, credentials in
      var selected = caller
      for name in plan.memberHeaders where selected.claims["user"] == nil {
        selected.claims["user"] = credentials.fields[name]
      }
      return .good(selected)
    }
  }

  /// Who can sign in to the system; nil where it knows no people.
  var people: (@LoopActor @Sendable () -> [Person])? {
    guard let people = plan?.people, let world = desk?.world else { return nil }
    return {
      do throws(WorldError) {
        return try people(world).map {
          Person(id: $0.id, name: $0.name, email: $0.email, roles: $0.roles, flags: $0.flags)
        }
      } catch { return [] }
    }
  }

  /// The address of the first member of the first workspace.
  var firstMember: String {
    guard let world = desk?.world else { return "" }
    do throws(WorldError) {
      return try Allv.person(WorldCall(world, .local)).text("email")
    } catch { return "" }
  }
}

extension ApprovalStore {
  /// The one that servers and commands over the same folder share.
  package convenience init(folder: DataFolder) throws(WorldError) {
    let path: String
    do throws(SystemError) { path = try folder.prepare(.approvals) } catch {
      throw WorldError(.unavailable, "cannot make '\(error.call)': \(error.reason)")
    }
    try self.init(path, clock: LoopActor.loop.clock)
  }
}

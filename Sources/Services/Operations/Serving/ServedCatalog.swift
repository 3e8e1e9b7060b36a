import EventLoop
import Faults
import MCPServer
import MockBackend
import MockCatalogs

/// A system ready to be served: its catalog, and what stands behind it.
@LoopActor
struct ServedCatalog {
  let catalog: Catalog
  let plan: SystemPlan?
  let desk: SystemDesk?

  init(_ wish: ServeWish, _ faults: FaultBoard) throws(OperationFailure) {
    guard let row = CatalogRow.named(wish.system) else {
      let names = CatalogRow.all.map(\.name).joined(separator: ", ")
      throw OperationFailure(
        .usage, layer: "config", "there is no system '\(wish.system)'", hint: "known: \(names)")
    }
    var opened: SystemDesk?
    var order = CatalogWish(clock: LoopActor.loop.clock)
    order.isLocal = wish.way == .stdio
    order.world = wish.world
    order.opened = { opened = $0 }
    do throws(WorldError) {
      order.approvals = try Self.approvals(wish)
      order.api = try wish.api?.client()
      // Without such faults a call is answered at once.
      order.faults = BackendFault.all.contains { faults.has($0) } ? faults : nil
      catalog = try row.make(order)
    } catch { throw OperationFailure(.usage, layer: "config", error.description) }
    plan = row.plan?()
    desk = opened
  }

  /// Where other programs can see what waits, if there is such a place.
  private static func approvals(_ wish: ServeWish) throws(WorldError) -> ApprovalStore? {
    guard wish.system == "allv", case .folder(let folder) = wish.records else { return nil }
    return try ApprovalStore(folder: folder)
  }
}

extension ServedCatalog {
  /// The check with the system's own look at whoever is let in.
  func admitting(_ check: any CredentialCheck) -> any CredentialCheck {
    guard let admission = plan?.admission, let world = desk?.world else { return check }
    return AdmittingCheck(check, admission, world)
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
  convenience init(folder: DataFolder) throws(WorldError) {
    let path: String
    do throws(SystemError) { path = try folder.prepare(.approvals) } catch {
      throw WorldError(.unavailable, "cannot make '\(error.call)': \(error.reason)")
    }
    try self.init(path, clock: LoopActor.loop.clock)
  }
}

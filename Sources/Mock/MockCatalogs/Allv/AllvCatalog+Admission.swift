import EventLoop
import Faults
import HTTPCore
import JSON
import MCPServer
import MockBackend

extension AllvCatalog {
  static let memberHeaders = ["x-allv-user-id", "x-allv-user-email"]

  /// Whom a request with a good workspace key acts as, in which workspace.
  @LoopActor
  static func admit(
    _ caller: Caller, _ credentials: Credentials, _ world: World, _ faults: FaultBoard?
  ) -> CredentialVerdict {
    var visitor = Visitor(name: caller.principal, workspace: workspace(in: credentials.path))
    do throws(WorldError) {
      let home = try Allv.home(WorldCall(world, visitor))
      if let verdict = closed(home, to: caller, faults) { return verdict }
      let sent = memberHeaders.lazy.compactMap { credentials.fields[$0] }.first
      guard let word = sent ?? caller.claims["user"] else {
        let names = memberHeaders.joined(separator: " or ")
        return refusal(403, "no workspace member is selected: send \(names)", caller)
      }
      visitor.person = word
      let member = try Allv.person(WorldCall(world, visitor))
      var selected = caller
      selected.principal = "\(caller.principal) as \(member.text("email"))"
      selected.claims["workspace"] = home.id
      selected.claims["user"] = member.text("email")
      return .good(selected)
    } catch {
      return refusal(error.code == .unauthorized ? 403 : error.status, error.message, caller)
    }
  }

  private static func workspace(in path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    return parts.firstIndex(of: "workspaces").flatMap { place in
      parts.indices.contains(place + 1) ? parts[place + 1] : nil
    }
  }

  /// Why nobody with that key gets into the workspace; nil where it is open.
  private static func closed(
    _ home: Record, to caller: Caller, _ faults: FaultBoard?
  ) -> CredentialVerdict? {
    let slug = home.text("slug")
    let allowed = (caller.claims["projects"] ?? "").split(separator: " ").map(String.init)
    guard allowed.isEmpty || allowed.contains(home.id) || allowed.contains(slug) else {
      return .bad(
        AccessDenial(
          status: 403, error: "insufficient_scope", "the key belongs to another workspace",
          credential: caller.credential))
    }
    let isOn = home.document("flags").array?.contains(.string(Allv.serverFlag)) == true
    guard !isOn || faults?.has(BackendFault.flagOff) == true else { return nil }
    return refusal(
      403,
      "the feature flag \(Allv.serverFlag) is off in workspace \(slug); enable it in the workspace's settings",
      caller)
  }

  private static func refusal(_ status: Int, _ text: String, _ caller: Caller) -> CredentialVerdict
  {
    .bad(AccessDenial(status: status, text, credential: caller.credential))
  }
}

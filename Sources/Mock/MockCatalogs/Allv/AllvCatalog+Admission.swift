import EventLoop
import HTTPCore
import JSON
import MCPServer
import MockBackend

extension AllvCatalog {
  private static let idHeader = "x-allv-user-id"
  private static let emailHeader = "x-allv-user-email"

  /// Whom a request with a good workspace key acts as, in which workspace.
  @LoopActor
  static func admit(
    _ caller: Caller, _ credentials: Credentials, _ world: World
  ) -> CredentialVerdict {
    let parts = credentials.path.split(separator: "/").map(String.init)
    let name = parts.firstIndex(of: "workspaces").flatMap { place in
      parts.indices.contains(place + 1) ? parts[place + 1] : nil
    }
    var visitor = Visitor(name: caller.principal, workspace: name)
    do throws(WorldError) {
      let home = try Allv.home(WorldCall(world, visitor))
      let allowed = (caller.claims["projects"] ?? "").split(separator: " ").map(String.init)
      guard allowed.isEmpty || allowed.contains(home.id) else {
        return .bad(
          AccessDenial(
            status: 403, error: "insufficient_scope", "the key belongs to another workspace",
            credential: caller.credential))
      }
      guard home.document("flags").array?.contains(.string(Allv.serverFlag)) == true else {
        return refusal(
          403,
          "the feature flag \(Allv.serverFlag) is off in workspace \(home.text("slug")); enable it in the workspace's settings",
          caller)
      }
      guard let word = credentials.fields[idHeader] ?? credentials.fields[emailHeader] else {
        return refusal(
          400, "no workspace member is selected: send \(idHeader) or \(emailHeader)", caller)
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

  private static func refusal(_ status: Int, _ text: String, _ caller: Caller) -> CredentialVerdict
  {
    .bad(AccessDenial(status: status, text, credential: caller.credential))
  }
}

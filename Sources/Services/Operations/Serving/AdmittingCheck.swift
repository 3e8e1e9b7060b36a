import EventLoop
import MCPServer
import MockBackend
import MockCatalogs

/// A check whose good callers the system itself looks at once more: whom they act as, in which workspace.
@LoopActor
final class AdmittingCheck: CredentialCheck {
  private let inner: any CredentialCheck
  private let admit: SystemPlan.Admission
  private let world: World

  init(_ inner: any CredentialCheck, _ admit: @escaping SystemPlan.Admission, _ world: World) {
    self.inner = inner
    self.admit = admit
    self.world = world
  }

  func check(
    _ credentials: MCPServer.Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void
  ) {
    inner.check(credentials) { [admit, world] verdict in
      guard case .good(let caller) = verdict else { return then(verdict) }
      then(admit(caller, credentials, world))
    }
  }
}

import EventLoop
import MCPServer

/// A check whose good callers the system itself looks at once more: whom they act as, in which workspace.
@LoopActor
final class AdmittingCheck: CredentialCheck {
  typealias Admit = @LoopActor @Sendable (Caller, MCPServer.Credentials) -> CredentialVerdict

  private let inner: any CredentialCheck
  private let admit: Admit

  init(_ inner: any CredentialCheck, _ admit: @escaping Admit) {
    self.inner = inner
    self.admit = admit
  }

  func check(
    _ credentials: MCPServer.Credentials, then: @escaping @LoopActor (CredentialVerdict) -> Void
  ) {
    inner.check(credentials) { [admit] verdict in
      guard case .good(let caller) = verdict else { return then(verdict) }
      then(admit(caller, credentials))
    }
  }
}

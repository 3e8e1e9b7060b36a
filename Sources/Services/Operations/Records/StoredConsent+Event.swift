package import Audit
import Authorization
package import AuthorizationServer
package import EventLoop
import JSON

extension StoredConsent {
  /// The event that goes with its end.
  package func revocation(
    by person: String, at now: WallTime, program: String = "alidade"
  ) -> AuditEvent {
    .change(
      .consentRevoked, of: client, in: system, by: person, at: now, program,
      [
        "user": .string(self.person), "client": .string(clientName),
        "scopes": .array(scopes.names.map(JSON.string)),
      ])
  }
}

extension StoredClient {
  /// The event that goes with a change of the client by whoever runs the server.
  package func event(
    _ kind: AuditEvent.Kind, by person: String, at now: WallTime, program: String = "alidade"
  ) -> AuditEvent {
    .change(kind, of: id, in: system, by: person, at: now, program, ["name": .string(name)])
  }
}

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
    var event = AuditEvent(
      at: now, kind: .consentRevoked, principal: person, system: system, tool: client, outcome: .ok)
    event.arguments = [
      "user": .string(self.person), "client": .string(clientName),
      "scopes": .array(scopes.names.map(JSON.string)),
    ]
    event.client = program
    return event
  }
}

extension StoredClient {
  /// The event that goes with a change of the client by whoever runs the server.
  package func event(
    _ kind: AuditEvent.Kind, by person: String, at now: WallTime, program: String = "alidade"
  ) -> AuditEvent {
    var event = AuditEvent(
      at: now, kind: kind, principal: person, system: system, tool: id, outcome: .ok)
    event.arguments = ["name": .string(name)]
    event.client = program
    return event
  }
}

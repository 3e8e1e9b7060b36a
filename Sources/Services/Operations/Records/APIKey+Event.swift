package import Audit
package import EventLoop
import JSON
package import Keys

extension APIKey {
  /// The event that goes with a change of the key.
  package func event(
    _ kind: AuditEvent.Kind, by person: String, at now: WallTime, program: String = "alidade"
  ) -> AuditEvent {
    var event = AuditEvent(
      at: now, kind: kind, principal: person, system: system, tool: prefix, outcome: .ok)
    event.arguments = [
      "name": .string(name), "scopes": .array(scopes.map(JSON.string)),
      "projects": .array(projects.map(JSON.string)),
      "expires": expiresAt.map { .string($0.description) } ?? .null,
    ]
    event.client = program
    return event
  }
}

package import Audit
package import EventLoop
import JSON
package import Keys

extension APIKey {
  /// The event that goes with a change of the key.
  package func event(
    _ kind: AuditEvent.Kind, by person: String, at now: WallTime, program: String = "alidade"
  ) -> AuditEvent {
    .change(
      kind, of: prefix, in: system, by: person, at: now, program,
      [
        "name": .string(name), "scopes": .array(scopes.map(JSON.string)),
        "projects": .array(projects.map(JSON.string)),
        "expires": expiresAt.map { .string($0.description) } ?? .null,
      ])
  }
}

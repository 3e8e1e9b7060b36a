import Audit
import EventLoop
import JSON

extension AuditEvent {
  /// What whoever runs a server changed about who may come in.
  static func change(
    _ kind: Kind, of subject: String, in system: String, by person: String, at now: WallTime,
    _ program: String, _ arguments: JSON
  ) -> AuditEvent {
    var event = AuditEvent(
      at: now, kind: kind, principal: person, system: system, tool: subject, outcome: .ok)
    event.arguments = arguments
    event.client = program
    return event
  }
}

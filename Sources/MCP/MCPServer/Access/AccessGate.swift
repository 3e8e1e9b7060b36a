package import EventLoop
package import HTTP
package import HTTPCore

/// Decides who comes in and what they may do. Everything not allowed by it is denied.
@LoopActor
package protocol AccessGate: AnyObject, Sendable {
  /// Finds out who sends an HTTP request, before its body is read; calls `then` once, at once where it knows.
  func admit(_ credentials: Credentials, then: @escaping @LoopActor (Admission) -> Void)

  /// Who was let in by the same head before, where looking again would find the same.
  func known(_ credentials: Credentials) -> Caller?

  /// Whether the caller may do that, before any argument is read.
  func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict

  /// Hears of a request that was refused before anybody asked who sends it, and why.
  func turnedAway(_ credentials: Credentials, _ reason: String)
}

extension AccessGate {
  package func known(_ credentials: Credentials) -> Caller? { nil }
  package func turnedAway(_ credentials: Credentials, _ reason: String) {}
}

/// What an HTTP request shows of its sender.
package struct Credentials: Sendable {
  package var fields: HTTPFields
  package var method: String
  package var path: String
  package var peer: String
  /// For whoever has looked at them once.
  package let notes: HeadNotes

  package init(
    fields: HTTPFields, method: String = "POST", path: String, peer: String,
    notes: HeadNotes = HeadNotes()
  ) {
    self.fields = fields
    self.method = method
    self.path = path
    self.peer = peer
    self.notes = notes
  }
}

/// Whether a sender comes in, and as whom.
package enum Admission: Sendable {
  case admitted(Caller)
  case refused(AccessRefusal)
}

/// Whether a caller may do one thing.
package enum AccessVerdict: Sendable {
  case allowed
  case denied(AccessRefusal)
}

/// A refusal as HTTP puts it; `text` is for the caller to read.
package struct AccessRefusal: Sendable, Hashable {
  package var status: Int
  package var text: String
  /// `WWW-Authenticate` and the like.
  package var fields: HTTPFields

  package init(status: Int, text: String, fields: HTTPFields = HTTPFields()) {
    self.status = status
    self.text = text
    self.fields = fields
  }
}

/// What a caller wants to do.
package struct AccessNeed: Sendable, Hashable {
  package var kind: InvocationKind
  package var name: String
  package var scopes: [String]
  package var isMutating: Bool

  package init(kind: InvocationKind, name: String, scopes: [String], isMutating: Bool) {
    self.kind = kind
    self.name = name
    self.scopes = scopes
    self.isMutating = isMutating
  }
}

/// What can be invoked, and is written down.
package enum InvocationKind: String, Sendable, Hashable, CaseIterable {
  case tool, resource, prompt
}

/// Lets everyone in as one caller who may do everything: for a process that its user started.
@LoopActor
package final class OpenGate: AccessGate {
  private let caller: Caller
  private let refused: CredentialGate.Refused

  package nonisolated init(
    _ caller: Caller = .local, refused: @escaping CredentialGate.Refused = { _, _ in }
  ) {
    self.caller = caller
    self.refused = refused
  }

  package func turnedAway(_ credentials: Credentials, _ reason: String) {
    refused(credentials, .turnedAway(reason))
  }

  package func known(_ credentials: Credentials) -> Caller? { caller }

  package func admit(_ credentials: Credentials, then: @escaping @LoopActor (Admission) -> Void) {
    then(.admitted(caller))
  }

  package func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict { .allowed }
}

package import EventLoop
package import JSON

/// Something an agent wants to do that a person has to agree to.
package struct Approval: Sendable, Hashable {
  package enum State: String, Sendable, Hashable, CaseIterable {
    case pending, approved, rejected
  }

  package let id: String
  package let system: String
  /// On whose behalf it is to be done.
  package let member: String
  package let tool: String
  package let summary: String
  package let arguments: JSON
  package let askedAt: WallTime
  package let state: State
  package let decidedBy: String?
  package let note: String?
}

import Audit
import EventLoop
import MCPServer

/// What a server counts of itself, as its metrics tell it.
@LoopActor
final class ServingTally {
  struct Call: Hashable {
    let kind: InvocationKind
    let outcome: AuditEvent.Outcome
  }

  /// Upper ends in seconds; what is longer counts in the sum only.
  nonisolated static let buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

  private(set) var calls: [Call: Int] = [:]
  private(set) var refusals: [String: Int] = [:]
  private(set) var durations = [Int](repeating: 0, count: buckets.count)
  private(set) var seconds = 0.0
  private(set) var timed = 0
  private(set) var lost = 0
  /// Why the audit does not take events; nil since the last one that it took.
  private(set) var auditFailure: String?

  func count(_ kind: InvocationKind, _ outcome: AuditEvent.Outcome, _ duration: Duration) {
    calls[Call(kind: kind, outcome: outcome), default: 0] += 1
    let time = duration.milliseconds / 1000
    seconds += time
    timed += 1
    var place = 0
    while place < Self.buckets.count, time > Self.buckets[place] { place += 1 }
    if place < Self.buckets.count { durations[place] += 1 }
  }

  func countRefusal(_ reason: String) { refusals[reason, default: 0] += 1 }

  func auditFailed(_ reason: String) {
    lost += 1
    auditFailure = reason
  }

  func auditWorks() { if auditFailure != nil { auditFailure = nil } }
}

import Audit
import EventLoop
import MCPServer

/// What a server counts of itself, as its metrics tell it.
@LoopActor
final class ServingTally {
  private nonisolated static let kinds = InvocationKind.allCases
  private nonisolated static let outcomes = AuditEvent.Outcome.allCases

  /// Upper ends in seconds; what is longer counts in the sum only.
  nonisolated static let buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

  /// By kind and outcome; counted in a table, for each call is.
  private var counts = [Int](repeating: 0, count: kinds.count * outcomes.count)
  private(set) var refusals: [String: Int] = [:]
  private(set) var durations = [Int](repeating: 0, count: buckets.count)
  private(set) var seconds = 0.0
  private(set) var timed = 0
  private(set) var lost = 0
  /// Why the audit does not take events; nil since the last one that it took.
  private(set) var auditFailure: String?

  func count(_ kind: InvocationKind, _ outcome: AuditEvent.Outcome, _ duration: Duration) {
    let row = Self.kinds.firstIndex(of: kind) ?? 0
    counts[row * Self.outcomes.count + (Self.outcomes.firstIndex(of: outcome) ?? 0)] += 1
    let time = duration.milliseconds / 1000
    seconds += time
    timed += 1
    if let place = Self.buckets.firstIndex(where: { time <= $0 }) { durations[place] += 1 }
  }

  /// What has been called at all.
  var calls: [(kind: InvocationKind, outcome: AuditEvent.Outcome, count: Int)] {
    counts.enumerated().compactMap { place, count in
      let (row, column) = place.quotientAndRemainder(dividingBy: Self.outcomes.count)
      return count > 0 ? (Self.kinds[row], Self.outcomes[column], count) : nil
    }
  }

  func countRefusal(_ reason: String) { refusals[reason, default: 0] += 1 }

  func auditFailed(_ reason: String) {
    lost += 1
    auditFailure = reason
  }

  func auditWorks() { if auditFailure != nil { auditFailure = nil } }
}

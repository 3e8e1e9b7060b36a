import CLinux

/// A point on a loop clock, in nanoseconds from that clock's own zero.
package struct LoopInstant: Sendable, Hashable, InstantProtocol {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static let distantFuture = LoopInstant(nanoseconds: .max)

  package static var monotonicNow: LoopInstant { LoopInstant(nanoseconds: al_monotonic_now()) }

  package func advanced(by duration: Duration) -> LoopInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
    guard overflow else { return LoopInstant(nanoseconds: sum) }
    return LoopInstant(nanoseconds: duration.nanoseconds < 0 ? .min : .max)
  }

  package func duration(to other: LoopInstant) -> Duration {
    let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
    return .nanoseconds(overflow ? (other > self ? .max : .min) : difference)
  }

  package static func < (left: LoopInstant, right: LoopInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension Duration {
  /// Whole nanoseconds, clamped to what 64 bits hold (292 years).
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, tooFar) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return tooFar ? (seconds < 0 ? .min : .max) : sum
  }

  package var milliseconds: Double { Double(nanoseconds) / 1e6 }
}

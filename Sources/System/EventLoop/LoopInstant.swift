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
    return Duration(inNanoseconds: overflow ? (other > self ? .max : .min) : difference)
  }

  package static func < (left: LoopInstant, right: LoopInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension Duration {
  /// Whole nanoseconds, clamped to what 64 bits hold (292 years).
  package var nanoseconds: Int64 {
    // Nine seconds fit into one word, and most times are shorter.
    if let few = Int64(exactly: attoseconds) { return few / Self.inNanosecond }
    return Int64(clamping: attoseconds / Int128(Self.inNanosecond))
  }

  private static let inNanosecond: Int64 = 1_000_000_000

  fileprivate init(inNanoseconds nanoseconds: Int64) {
    self.init(attoseconds: Int128(nanoseconds) * Int128(Self.inNanosecond))
  }

  package var milliseconds: Double { Double(nanoseconds) / 1e6 }
}

/// Remembers what may be used once, for as long as it could be used again.
struct ReplayGuard {
  private var seen: [String: Int64] = [:]
  private static let limit = 20_000

  /// False where it was there before. Times are seconds since 1970.
  mutating func take(_ id: String, until end: Int64, now: Int64) -> Bool {
    if let known = seen[id], known >= now { return false }
    if seen.count >= Self.limit {
      seen = seen.filter { $0.value >= now }
      // A flood: forgetting it all would let it through twice, so nothing new is taken.
      guard seen.count < Self.limit else { return false }
    }
    seen[id] = end
    return true
  }
}

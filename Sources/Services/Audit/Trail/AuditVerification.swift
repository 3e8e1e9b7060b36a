import Crypto
import Database

/// What a walk along the whole chain has found.
package enum AuditVerdict: Sendable, Hashable {
  case intact(AuditHead)
  /// The first place where the chain does not hold.
  case broken(AuditBreak)
}

/// Where a chain breaks, and how.
package struct AuditBreak: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The event is not what was written.
    case changed
    /// Events were taken out in front of this one.
    case missing
    /// The event stands in another event's place.
    case reordered
    /// Events were taken off the end.
    case truncated
  }

  package let kind: Kind
  /// The event's number; of a truncated chain the first number that is gone.
  package let number: Int64

  package init(kind: Kind, number: Int64) {
    self.kind = kind
    self.number = number
  }
}

extension AuditBreak: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .changed: "event \(number) was changed after it was written"
    case .missing: "events are missing in front of event \(number)"
    case .reordered: "event \(number) stands in another event's place"
    case .truncated: "the end of the chain is missing from event \(number) on"
    }
  }
}

extension AuditStore {
  /// Walks the chain from its start, some thousand events at a time; `progress` hears how far it is and may stop
  /// the walk by its answer, which gives nil.
  ///
  /// Whoever can write the store can write a whole new chain: `expected`, a head that was noted elsewhere, shows that.
  package func verify(
    expected: AuditHead? = nil, progress: @Sendable (Int64) -> Bool = { _ in true }
  ) async throws(AuditError) -> AuditVerdict? {
    // The head first: what is appended meanwhile is not missing.
    let head = try await head()
    var walk = ChainWalk(crypto: crypto, expected: expected)
    var next: Int64? = 0
    while let from = next {
      let page = try await page(after: from, limit: 10_000)
      for entry in page.entries {
        guard let kind = walk.take(entry) else { continue }
        return .broken(try await explained(kind, entry))
      }
      next = page.next
      guard progress(walk.head.number) else { return nil }
    }
    if walk.head.number > 0, try await !hasHead() {
      return .broken(AuditBreak(kind: .truncated, number: walk.head.number + 1))
    }
    let known = max(head.number, expected?.number ?? 0)
    if walk.head.number < known {
      return .broken(AuditBreak(kind: .truncated, number: walk.head.number + 1))
    }
    if walk.head.number == head.number, walk.head.hash != head.hash {
      return .broken(AuditBreak(kind: .changed, number: head.number))
    }
    return .intact(walk.head)
  }

  /// Who cuts the end off may take the head away with it: events without one are a chain that was cut.
  private func hasHead() async throws(AuditError) -> Bool {
    try await perform { (connection) throws(DatabaseError) in
      try AuditSchema.head(connection) != nil
    }
  }

  /// A link that does not fit is one out of order if the event that it follows is still there.
  private func explained(
    _ kind: AuditBreak.Kind, _ entry: AuditEntry
  ) async throws(AuditError) -> AuditBreak {
    guard kind == .missing, entry.previous != AuditHead.empty.hash else {
      let kind = entry.number > 1 && kind == .missing ? .reordered : kind
      return AuditBreak(kind: kind, number: entry.number)
    }
    let isThere = try await perform { (connection) throws(DatabaseError) in
      try !connection.rows("SELECT number FROM event WHERE hash = ?", [.blob(entry.previous)])
        .isEmpty
    }
    return AuditBreak(kind: isThere ? .reordered : .missing, number: entry.number)
  }
}

/// Holds each event against the one before.
private struct ChainWalk {
  let crypto: CryptoLibrary
  let expected: AuditHead?
  private(set) var head = AuditHead.empty

  init(crypto: CryptoLibrary, expected: AuditHead?) {
    self.crypto = crypto
    self.expected = expected
  }

  /// Nil where the event holds.
  mutating func take(_ entry: AuditEntry) -> AuditBreak.Kind? {
    let encoding = AuditEncoding(
      entry.event, arguments: Array(entry.arguments.utf8), after: entry.previous)
    guard crypto.sha256(encoding.bytes) == entry.hash else { return .changed }
    guard entry.previous == head.hash, entry.number == head.number + 1 else { return .missing }
    head = AuditHead(number: entry.number, hash: entry.hash)
    if let expected, expected.number == head.number, expected.hash != head.hash { return .changed }
    return nil
  }
}

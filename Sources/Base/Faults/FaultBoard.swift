import Synchronization

/// The faults of one running system and which of them are switched on; may be read and changed from any thread.
package final class FaultBoard: Sendable {
  /// All that can be switched, in the order to show.
  package let rows: [FaultRow]
  private let ids: Set<String>
  private let state = Mutex(State())
  /// Tells for the price of one load that nothing is switched on.
  private let count = Atomic<Int>(0)

  private struct State {
    var active: Set<String> = []
    var observers: [Int: @Sendable (Set<String>) -> Void] = [:]
    var issued = 0
  }

  /// Of rows with the same id the first counts.
  package init(_ rows: [FaultRow] = []) {
    var ids: Set<String> = []
    self.rows = rows.filter { ids.insert($0.id).inserted }
    self.ids = ids
  }

  /// Whether nothing at all is switched on.
  package var isQuiet: Bool { count.load(ordering: .relaxed) == 0 }

  package var active: Set<String> { state.withLock { $0.active } }

  /// Whether the fault is switched on; a row that this board does not have never is.
  package func has(_ row: FaultRow) -> Bool { has(row.id) }

  package func has(_ id: String) -> Bool {
    count.load(ordering: .relaxed) > 0 && state.withLock { $0.active.contains(id) }
  }

  package func set(_ id: String, to isOn: Bool) throws(UnknownFault) {
    try change([id]) { active in
      if isOn { active.insert(id) } else { active.remove(id) }
    }
  }

  /// Switches on exactly these.
  package func replace(with wanted: Set<String>) throws(UnknownFault) {
    try change(wanted) { $0 = wanted }
  }

  package func clear() { apply { $0 = [] } }

  /// Calls `onChange` with what is active after each change, on the thread that made it, until the observation is cancelled.
  package func observe(_ onChange: @escaping @Sendable (Set<String>) -> Void) -> FaultObservation {
    state.withLock { state in
      state.issued += 1
      state.observers[state.issued] = onChange
      return FaultObservation(id: state.issued)
    }
  }

  package func cancel(_ observation: FaultObservation) {
    _ = state.withLock { $0.observers.removeValue(forKey: observation.id) }
  }

  private func change(
    _ named: Set<String>, _ body: (inout Set<String>) -> Void
  ) throws(UnknownFault) {
    if let unknown = named.subtracting(ids).min() {
      throw UnknownFault(id: unknown, known: rows.map(\.id))
    }
    apply(body)
  }

  /// Observers are called after the lock is given back, so that they may ask the board.
  private func apply(_ body: (inout Set<String>) -> Void) {
    let (active, observers) = state.withLock { state in
      let before = state.active
      body(&state.active)
      count.store(state.active.count, ordering: .relaxed)
      let told = before == state.active ? [] : state.observers.sorted { $0.key < $1.key }
      return (state.active, told.map(\.value))
    }
    for observer in observers { observer(active) }
  }
}

/// A wish to be told of changes of a board.
package struct FaultObservation: Sendable, Hashable {
  let id: Int
}

/// A word that names no fault of the board.
package struct UnknownFault: Error, Hashable {
  package let id: String
  package let known: [String]

  package init(id: String, known: [String]) {
    self.id = id
    self.known = known
  }
}

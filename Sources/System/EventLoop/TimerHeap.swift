/// Timers by deadline, those of one deadline in the order they were set. A value: it knows no clock.
struct TimerHeap {
  typealias Action = @LoopActor () -> Void

  private struct Node {
    let deadline: LoopInstant
    let id: UInt64

    func isBefore(_ other: Node) -> Bool {
      (deadline, id) < (other.deadline, other.id)
    }
  }

  private var nodes: [Node] = []
  private var actions: [UInt64: Action] = [:]
  private var lastID: UInt64 = 0

  var count: Int { actions.count }

  mutating func add(at deadline: LoopInstant, _ action: @escaping Action) -> UInt64 {
    lastID += 1
    actions[lastID] = action
    nodes.append(Node(deadline: deadline, id: lastID))
    siftUp(from: nodes.count - 1)
    return lastID
  }

  /// Cancelled nodes stay until their deadline, or until they are the greater part.
  mutating func cancel(_ id: UInt64) {
    guard actions.removeValue(forKey: id) != nil else { return }
    if nodes.count > 64, nodes.count > 2 * actions.count { dropCancelled() }
  }

  func isPending(_ id: UInt64) -> Bool { actions[id] != nil }

  /// The earliest deadline that still has an action.
  mutating func nextDeadline() -> LoopInstant? {
    while let first = nodes.first {
      if actions[first.id] != nil { return first.deadline }
      removeFirst()
    }
    return nil
  }

  /// Takes out the earliest action that is due at that time.
  mutating func takeDue(at now: LoopInstant, setBefore limit: UInt64) -> Action? {
    guard let deadline = nextDeadline(), deadline <= now, let first = nodes.first,
      first.id <= limit
    else { return nil }
    removeFirst()
    return actions.removeValue(forKey: first.id)
  }

  /// The newest timer's number: a round of firing goes no further, so that timers set by timers wait a turn.
  var newest: UInt64 { lastID }

  // MARK: - Heap order

  private mutating func dropCancelled() {
    nodes = nodes.filter { actions[$0.id] != nil }.sorted { $0.isBefore($1) }
  }

  private mutating func removeFirst() {
    nodes.swapAt(0, nodes.count - 1)
    nodes.removeLast()
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard nodes[child].isBefore(nodes[parent]) else { return }
      nodes.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      let left = 2 * parent + 1, right = left + 1
      guard left < nodes.count else { return }
      let least = right < nodes.count && nodes[right].isBefore(nodes[left]) ? right : left
      guard nodes[least].isBefore(nodes[parent]) else { return }
      nodes.swapAt(least, parent)
      parent = least
    }
  }
}

import JSON

/// How a form was before it was changed, for taking changes back. What is typed into one field is one change.
struct FormPast: Sendable, Hashable {
  struct Point: Sendable, Hashable {
    let value: JSON
    let branches: [String: Int]
    let line: Int
  }

  private static let most = 100

  private(set) var points: [Point] = []
  /// Where typing goes on as the same change.
  private var open: String?

  var isEmpty: Bool { points.isEmpty }

  /// Remembers a point before a change; `place` tells typing that goes on, nil any other change.
  mutating func add(_ point: @autoclosure () -> Point, typedAt place: String?) {
    guard place == nil || place != open else { return }
    open = place
    points.append(point())
    if points.count > Self.most { points.removeFirst() }
  }

  /// What is typed from now on is another change.
  mutating func close() { open = nil }

  mutating func take() -> Point? {
    open = nil
    return points.popLast()
  }
}

extension FormState {
  /// Takes the last change back; false where there was none.
  mutating func undo() -> Bool {
    guard let point = past.take() else { return false }
    restore(point)
    return true
  }
}

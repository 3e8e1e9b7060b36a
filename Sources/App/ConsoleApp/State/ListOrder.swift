import JSON

/// What a list can be sorted by.
struct SortColumn: Sendable {
  let title: String
  let key: @Sendable (ConsoleState, Screen, Int) -> SortKey

  init(_ title: String, _ key: @escaping @Sendable (ConsoleState, Screen, Int) -> SortKey) {
    self.title = title
    self.key = key
  }
}

/// A value to sort by; what has none comes last.
enum SortKey: Sendable, Hashable, Comparable {
  case number(Double)
  case text(String)
  case none

  init(_ value: Double?) { self = value.map(Self.number) ?? .none }
  init(_ value: Int?) { self.init(value.map(Double.init)) }
  init(_ text: String) { self = text.isEmpty ? .none : .text(text.lowercased()) }

  init(_ json: JSON?) {
    switch json {
    case .number(let number)?: self.init(Double(number.text))
    case .string(let text)?: self.init(text)
    case nil, .null?: self = .none
    case let other?: self.init(other.compact)
    }
  }
}

/// The order of a list that is not its own.
struct ListOrder: Sendable, Hashable {
  var column: String
  var isFalling = false

  var words: String { "by \(column)\(isFalling ? ", falling" : "")" }
}

extension ConsoleState {
  /// The items in the order that was asked for; in their own where there is none.
  func ordered(_ items: [Int], _ source: ListSource, _ order: ListOrder?) -> [Int] {
    guard let order, let column = source.sorts(self).first(where: { $0.title == order.column })
    else { return items }
    let keys = items.map { (key: column.key(self, screen, $0), item: $0) }
    let sorted = keys.sorted { left, right in
      if left.key == right.key { return left.item < right.item }
      if left.key == .none || right.key == .none { return right.key == .none }
      return (left.key < right.key) != order.isFalling
    }
    return sorted.map(\.item)
  }
}

/// Which element of one array stands for which of another; bounded cost, however long they are.
struct ArrayAlignment {
  /// An index on both sides, or on one where the element is on that side only.
  enum Pair: Equatable {
    case both(Int, Int)
    case old(Int)
    case new(Int)
  }

  private(set) var pairs: [Pair] = []
  /// Whether named elements that are on both sides changed places.
  private(set) var isReordered = false

  /// Cells of the table that finds what stays equal; above it elements are paired by index.
  private static let tableLimit = 250_000
  /// Members that name an element among its like, the first that serves is taken.
  private static let names = ["name", "id", "uri", "uriTemplate", "key", "path"]

  init(_ old: [JSON], _ new: [JSON]) {
    for name in Self.names {
      guard let before = Self.places(of: name, in: old), let after = Self.places(of: name, in: new)
      else { continue }
      align(Self.inOrder(before), Self.inOrder(after), after)
      return
    }
    alignByEquality(old, new)
  }

  // MARK: - By name

  /// Where each name stands, if every element is an object with a name of its own.
  private static func places(of name: String, in elements: [JSON]) -> [JSONKey: Int]? {
    var places: [JSONKey: Int] = [:]
    for (index, element) in elements.enumerated() {
      guard let text = element[name]?.string else { return nil }
      guard places.updateValue(index, forKey: JSONKey(text)) == nil else { return nil }
    }
    return places
  }

  private static func inOrder(_ places: [JSONKey: Int]) -> [JSONKey] {
    places.sorted { $0.value < $1.value }.map(\.key)
  }

  private mutating func align(_ old: [JSONKey], _ new: [JSONKey], _ after: [JSONKey: Int]) {
    var met = 0
    for (index, name) in old.enumerated() {
      guard let match = after[name] else {
        pairs.append(.old(index))
        continue
      }
      if match < met { isReordered = true }
      met = match
      pairs.append(.both(index, match))
    }
    let kept = Set(old)
    for (index, name) in new.enumerated() where !kept.contains(name) { pairs.append(.new(index)) }
  }

  // MARK: - By equality

  private mutating func alignByEquality(_ old: [JSON], _ new: [JSON]) {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - start,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    { tail += 1 }
    // What is equal at both ends needs no pair.
    let middle = (start..<(old.count - tail), start..<(new.count - tail))
    let anchors =
      middle.0.count * middle.1.count <= Self.tableLimit
      ? Self.commonSubsequence(old, middle.0, new, middle.1) : []
    var (i, j) = (middle.0.lowerBound, middle.1.lowerBound)
    for (a, b) in anchors + [(middle.0.upperBound, middle.1.upperBound)] {
      appendGap(i..<a, j..<b)
      (i, j) = (a + 1, b + 1)
    }
  }

  /// Elements between two equal ones: pairs in order, then what is left on either side.
  private mutating func appendGap(_ old: Range<Int>, _ new: Range<Int>) {
    let shared = min(old.count, new.count)
    for step in 0..<shared { pairs.append(.both(old.lowerBound + step, new.lowerBound + step)) }
    for index in old.dropFirst(shared) { pairs.append(.old(index)) }
    for index in new.dropFirst(shared) { pairs.append(.new(index)) }
  }

  /// The longest run of equal elements in the same order, as index pairs.
  private static func commonSubsequence(
    _ old: [JSON], _ rows: Range<Int>, _ new: [JSON], _ columns: Range<Int>
  ) -> [(Int, Int)] {
    guard !rows.isEmpty, !columns.isEmpty else { return [] }
    let left = rows.map { old[$0].hashValue }
    let right = columns.map { new[$0].hashValue }
    func isEqual(_ i: Int, _ j: Int) -> Bool {
      left[i] == right[j] && old[rows.lowerBound + i] == new[columns.lowerBound + j]
    }
    let width = right.count + 1
    var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i * width + j] =
          left[i] == right[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if isEqual(i, j) {
        pairs.append((rows.lowerBound + i, columns.lowerBound + j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }
}

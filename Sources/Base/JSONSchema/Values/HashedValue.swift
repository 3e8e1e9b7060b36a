import JSON

/// A value with a hash of all of it, however deep: values made to look alike on top still fall apart.
struct HashedValue: Hashable {
  private let json: JSON
  private let digest: Int

  init(_ json: JSON) {
    self.json = json
    digest = json.array == nil && json.object == nil ? json.hashValue : Self.digest(of: json)
  }

  static func == (left: HashedValue, right: HashedValue) -> Bool {
    left.digest == right.digest && left.json == right.json
  }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  /// Adds up every scalar with its way, so that members may come in any order; keeps its own stack.
  private static func digest(of json: JSON) -> Int {
    var sum = 0
    var open: [(value: JSON, way: Int)] = [(json, 0)]
    while let (value, way) = open.popLast() {
      var hasher = Hasher()
      hasher.combine(way)
      switch value {
      case .array(let elements):
        hasher.combine(elements.count)
        open += elements.enumerated().map { ($1, Self.way(way, $0)) }
      case .object(let object):
        open += object.keptMembers.map { ($0.value, Self.way(way, JSONKey($0.key))) }
      default: hasher.combine(value)
      }
      sum &+= hasher.finalize()
    }
    return sum
  }

  private static func way(_ way: Int, _ step: some Hashable) -> Int {
    var hasher = Hasher()
    hasher.combine(way)
    hasher.combine(step)
    return hasher.finalize()
  }
}

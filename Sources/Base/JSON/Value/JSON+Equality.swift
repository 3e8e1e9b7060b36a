/// Numbers are equal by value, strings by code points, objects whatever the order of their members.
extension JSON: Hashable {
  /// Keeps its own list of what is left to compare, so that depth costs no stack.
  package static func == (left: JSON, right: JSON) -> Bool {
    if let decided = isSameScalar(left, right) { return decided }
    var open = [(left, right)]
    while let (left, right) = open.popLast() {
      guard let pairs = entries(of: left, besides: right) else { return false }
      for pair in pairs {
        switch isSameScalar(pair.0, pair.1) {
        case true: continue
        case false: return false
        case nil: open.append(pair)
        }
      }
    }
    return true
  }

  /// Nil for two arrays and for two objects, which take a look inside.
  private static func isSameScalar(_ left: JSON, _ right: JSON) -> Bool? {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameScalars(as: b)
    case (.array(let a), .array(let b)): a.count == b.count ? nil : false
    case (.object, .object): nil
    default: false
    }
  }

  /// The entries that must be equal for two containers to be; nil where their keys differ.
  private static func entries(of left: JSON, besides right: JSON) -> [(JSON, JSON)]? {
    switch (left, right) {
    case (.array(let a), .array(let b)): Array(zip(a, b))
    case (.object(let a), .object(let b)): a.entries(besides: b)
    default: nil
    }
  }

  package func hash(into hasher: inout Hasher) { hash(into: &hasher, levels: Self.hashedLevels) }

  /// What lies deeper tells values apart in `==` only.
  private static let hashedLevels = 8

  fileprivate func hash(into hasher: inout Hasher, levels: Int) {
    hasher.combine(kind.rawValue)
    switch self {
    case .null, .bool: break
    case .number(let number): hasher.combine(number)
    case .string(let string): string.hashScalars(into: &hasher)
    case .array(let elements):
      hasher.combine(elements.count)
      guard levels > 0 else { return }
      for element in elements { element.hash(into: &hasher, levels: levels - 1) }
    case .object(let object):
      if levels > 0 { object.hash(into: &hasher, levels: levels - 1) }
    }
  }

  package var kind: JSONKind {
    switch self {
    case .null: .null
    case .bool(let value): value ? .true : .false
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

extension JSONObject.Member: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.key.hasSameScalars(as: right.key) && left.value == right.value
  }

  package func hash(into hasher: inout Hasher) {
    key.hashScalars(into: &hasher)
    hasher.combine(value)
  }
}

/// Of duplicate keys only the last counts.
extension JSONObject: Hashable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    JSON.object(left) == JSON.object(right)
  }

  fileprivate func entries(besides other: JSONObject) -> [(JSON, JSON)]? {
    if hasSameKeys(inOrderAs: other) {
      return keptIndices.map { (members[$0].value, other.members[$0].value) }
    }
    let wanted = other.lastOfEach
    let given = lastOfEach
    guard wanted.count == given.count else { return nil }
    var pairs: [(JSON, JSON)] = []
    for (key, index) in given {
      guard let match = wanted[key] else { return nil }
      pairs.append((members[index].value, other.members[match].value))
    }
    return pairs
  }

  package func hash(into hasher: inout Hasher) { JSON.object(self).hash(into: &hasher) }

  fileprivate func hash(into hasher: inout Hasher, levels: Int) {
    var sum = 0
    for index in keptIndices {
      var one = Hasher()
      members[index].key.hashScalars(into: &one)
      members[index].value.hash(into: &one, levels: levels)
      sum &+= one.finalize()
    }
    hasher.combine(sum)
  }

  private func hasSameKeys(inOrderAs other: JSONObject) -> Bool {
    count == other.count
      && members.indices.allSatisfy { members[$0].key.hasSameScalars(as: other.members[$0].key) }
  }

  /// The members that are the last of their key.
  var keptIndices: [Int] {
    let isShort = members.count <= 16
    return isShort ? members.indices.filter { !isShadowed($0) } : Array(lastOfEach.values)
  }

  /// Whether the same key stands again behind this index.
  private func isShadowed(_ index: Int) -> Bool {
    members[(index + 1)...].contains { $0.key.hasSameScalars(as: members[index].key) }
  }

  /// Where each key stands last.
  package var lastOfEach: [JSONKey: Int] {
    var places: [JSONKey: Int] = [:]
    for (index, member) in members.enumerated() { places[JSONKey(member.key)] = index }
    return places
  }
}

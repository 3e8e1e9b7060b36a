extension JSON {
  /// What is added, removed and changed on the way to another value, in the order of the old one.
  ///
  /// Objects are compared by key, arrays by a name their entries carry or else by what stays equal.
  /// The order of members and the way a number is written are no difference.
  package func diff(to other: JSON, limit: Int = 10_000) -> JSONDiff {
    var walk = DiffWalk(limit: limit)
    return walk.diff(self, other)
  }
}

/// Compares two trees with a list of its own of what is left, so that depth costs no stack.
struct DiffWalk {
  private let limit: Int
  private var changes: [JSONChange] = []
  private var open: [Step] = []

  private enum Step {
    case compare(Side, Side)
    case report(JSONChange)
  }

  /// A value and its place in its own tree.
  struct Side {
    let value: JSON
    let pointer: JSONPointer
  }

  init(limit: Int) { self.limit = limit }

  mutating func diff(_ old: JSON, _ new: JSON) -> JSONDiff {
    let root = JSONPointer()
    open = [.compare(Side(value: old, pointer: root), Side(value: new, pointer: root))]
    while let step = open.popLast() {
      guard changes.count < limit else {
        let rest = [step] + open
        return JSONDiff(changes: changes, isComplete: rest.allSatisfy(Self.isEqual))
      }
      switch step {
      case .report(let change): changes.append(change)
      case .compare(let old, let new): compare(old, new)
      }
    }
    return JSONDiff(changes: changes, isComplete: true)
  }

  private static func isEqual(_ step: Step) -> Bool {
    if case .compare(let old, let new) = step { old.value == new.value } else { false }
  }

  private mutating func compare(_ old: Side, _ new: Side) {
    switch (old.value, new.value) {
    case (.object(let a), .object(let b)): compare(a, b, old.pointer, new.pointer)
    case (.array(let a), .array(let b)): compare(a, b, old.pointer, new.pointer)
    default:
      guard old.value != new.value else { return }
      let kind = JSONChange.Kind.changed(from: old.value, to: new.value)
      changes.append(JSONChange(kind: kind, oldPointer: old.pointer, newPointer: new.pointer))
    }
  }

  private mutating func compare(
    _ a: JSONObject, _ b: JSONObject, _ old: JSONPointer, _ new: JSONPointer
  ) {
    var steps: [Step] = []
    let (before, after) = (a.lastOfEach, b.lastOfEach)
    for (index, member) in a.members.enumerated() where before[JSONKey(member.key)] == index {
      let here = Side(value: member.value, pointer: old.appending(member.key))
      guard let match = after[JSONKey(member.key)] else {
        steps.append(Self.removed(here, from: new))
        continue
      }
      let there = Side(value: b.members[match].value, pointer: new.appending(member.key))
      steps.append(.compare(here, there))
    }
    for (index, member) in b.members.enumerated() where after[JSONKey(member.key)] == index {
      guard before[JSONKey(member.key)] == nil else { continue }
      steps.append(
        Self.added(Side(value: member.value, pointer: new.appending(member.key)), to: old))
    }
    open += steps.reversed()
  }

  private mutating func compare(
    _ a: [JSON], _ b: [JSON], _ old: JSONPointer, _ new: JSONPointer
  ) {
    let alignment = ArrayAlignment(a, b)
    func before(_ index: Int) -> Side { Side(value: a[index], pointer: old.appending(index)) }
    func after(_ index: Int) -> Side { Side(value: b[index], pointer: new.appending(index)) }
    var steps = alignment.pairs.map { pair -> Step in
      switch pair {
      case .both(let i, let j): .compare(before(i), after(j))
      case .old(let i): Self.removed(before(i), from: new)
      case .new(let j): Self.added(after(j), to: old)
      }
    }
    if alignment.isReordered {
      steps.append(.report(JSONChange(kind: .reordered, oldPointer: old, newPointer: new)))
    }
    open += steps.reversed()
  }

  private static func removed(_ side: Side, from container: JSONPointer) -> Step {
    .report(
      JSONChange(kind: .removed(side.value), oldPointer: side.pointer, newPointer: container))
  }

  private static func added(_ side: Side, to container: JSONPointer) -> Step {
    .report(JSONChange(kind: .added(side.value), oldPointer: container, newPointer: side.pointer))
  }
}

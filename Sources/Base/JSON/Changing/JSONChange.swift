/// One difference between two values, with its place in either.
package struct JSONChange: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case added(JSON)
    case removed(JSON)
    case changed(from: JSON, to: JSON)
    /// The entries of an array that are told apart by a name stand in another order.
    case reordered
  }

  package let kind: Kind
  /// Where it is in the old value; for something added, its container.
  package let oldPointer: JSONPointer
  /// Where it is in the new value; for something removed, its container.
  package let newPointer: JSONPointer

  /// The place a reader looks at: in the old value for what was removed, else in the new one.
  package var pointer: JSONPointer {
    if case .removed = kind { oldPointer } else { newPointer }
  }
}

/// What one value has to become another.
package struct JSONDiff: Sendable, Hashable {
  package let changes: [JSONChange]
  /// False where the limit was reached and more differs than is listed.
  package let isComplete: Bool

  package var isEmpty: Bool { changes.isEmpty }
}

extension JSONChange: CustomStringConvertible {
  package var description: String {
    let place = pointer.isRoot ? "the whole value" : pointer.description
    return switch kind {
    case .added(let value): "\(place) added: \(Self.short(value))"
    case .removed(let value): "\(place) removed: \(Self.short(value))"
    case .changed(let old, let new):
      "\(place) changed from \(Self.short(old)) to \(Self.short(new))"
    case .reordered: "\(place) reordered"
    }
  }

  private static func short(_ value: JSON) -> String {
    let text = value.compact
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }
}

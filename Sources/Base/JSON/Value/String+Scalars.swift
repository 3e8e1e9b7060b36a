/// JSON compares strings by code points, where Swift's `==` asks for canonical equivalence.
extension String {
  package func hasSameScalars(as other: String) -> Bool {
    // What is not even the same to Swift has other code points; it tells short texts apart without reading them.
    guard utf8.count == other.utf8.count, self == other else { return false }
    // Short texts lie in the value itself and have no storage to compare.
    if utf8.count <= 15 { return hasSameBytes(as: other) }
    let same = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in
        UnsafeRawBufferPointer(left).elementsEqual(UnsafeRawBufferPointer(right))
      }
    }
    return (same ?? nil) ?? utf8.elementsEqual(other.utf8)
  }

  private func hasSameBytes(as other: String) -> Bool {
    var (left, right) = (self, other)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in left.indices where left[index] != right[index] { return false }
        return true
      }
    }
  }

  package func hashScalars(into hasher: inout Hasher) {
    var copy = self
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}

/// A key told apart from others by its code points.
package struct JSONKey: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: JSONKey, right: JSONKey) -> Bool {
    left.text.hasSameScalars(as: right.text)
  }

  package func hash(into hasher: inout Hasher) { text.hashScalars(into: &hasher) }
}

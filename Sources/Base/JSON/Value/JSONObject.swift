/// The members of an object in the order they were written, duplicates included.
package struct JSONObject: Sendable {
  package struct Member: Sendable {
    package var key: String
    package var value: JSON

    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }

  package var members: [Member]

  package init(members: [Member] = []) { self.members = members }

  package init(_ pairs: some Sequence<(String, JSON)>) {
    members = pairs.map { Member(key: $0.0, value: $0.1) }
  }

  package var keys: [String] { members.map(\.key) }
  package var isEmpty: Bool { members.isEmpty }
  package var count: Int { members.count }

  /// Reading takes the last of duplicates; writing replaces the first and drops the rest, nil removes all.
  package subscript(key: String) -> JSON? {
    get {
      var index = members.count - 1
      while index >= 0 {
        if members[index].key.hasSameScalars(as: key) { return members[index].value }
        index -= 1
      }
      return nil
    }
    set {
      guard let index = members.firstIndex(where: { $0.key.hasSameScalars(as: key) }) else {
        if let newValue { members.append(Member(key: key, value: newValue)) }
        return
      }
      guard let newValue else {
        members.removeAll { $0.key.hasSameScalars(as: key) }
        return
      }
      members[index].value = newValue
      let rest = members[(index + 1)...].filter { !$0.key.hasSameScalars(as: key) }
      members.replaceSubrange((index + 1)..., with: rest)
    }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) {
    members = []
    members.reserveCapacity(elements.count)
    for element in elements { members.append(Member(key: element.0, value: element.1)) }
  }
}

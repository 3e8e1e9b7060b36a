import JSON

/// One row of a model: a member's name, how much it matters, how it is read and written.
package struct Field<Root: Sendable>: Sendable {
  package enum Need: Sendable {
    /// Without it the value is of no use.
    case key
    case required
    case optional
  }

  package let name: String
  package let need: Need
  /// Whether `null` is a value here and not a clumsy way of leaving the member out.
  var takesNull = false
  /// False where the member is unusable.
  let read: @Sendable (JSON, inout Root, inout Reading) -> Bool
  let write: @Sendable (Root) -> JSON?

  package static func optional<V: PeerValue>(
    _ name: String, _ path: any WritableKeyPath<Root, V?> & Sendable
  ) -> Field {
    Field(
      name: name, need: .optional, takesNull: V.self == JSON.self,
      read: { json, root, reading in
        root[keyPath: path] = V.read(json, &reading)
        return root[keyPath: path] != nil
      },
      write: { $0[keyPath: path]?.json })
  }

  package static func required<V: PeerValue>(
    _ name: String, _ path: any WritableKeyPath<Root, V?> & Sendable
  ) -> Field {
    let row = optional(name, path)
    return Field(
      name: name, need: .required, takesNull: row.takesNull, read: row.read, write: row.write)
  }

  package static func required<V: PeerValue>(
    _ name: String, _ path: any WritableKeyPath<Root, V> & Sendable
  ) -> Field {
    plain(name, .required, path)
  }

  package static func key<V: PeerValue>(
    _ name: String, _ path: any WritableKeyPath<Root, V> & Sendable
  ) -> Field {
    plain(name, .key, path)
  }

  private static func plain<V: PeerValue>(
    _ name: String, _ need: Need, _ path: any WritableKeyPath<Root, V> & Sendable
  ) -> Field {
    Field(
      name: name, need: need, takesNull: V.self == JSON.self,
      read: { json, root, reading in
        guard let value = V.read(json, &reading) else { return false }
        root[keyPath: path] = value
        return true
      },
      write: { $0[keyPath: path].json })
  }
}

extension Array {
  /// Reads an object by these rows; nil where it is no object or lacks a key member.
  func read<Root>(_ json: JSON, into start: Root, _ reading: inout Reading) -> Root?
  where Element == Field<Root> {
    guard let object = JSONObject.read(json, &reading) else { return nil }
    var root = start
    var usable = true
    for field in self {
      let fits = field.take(from: object, into: &root, &reading)
      if !fits && field.need == .key { usable = false }
    }
    return usable ? root : nil
  }

  func write<Root>(_ root: Root) -> JSONObject where Element == Field<Root> {
    var members: [JSONObject.Member] = []
    for field in self {
      if let value = field.write(root) { members.append(.init(key: field.name, value: value)) }
    }
    return JSONObject(members: members)
  }
}

extension Field {
  fileprivate func take(
    from object: JSONObject, into root: inout Root, _ reading: inout Reading
  ) -> Bool {
    guard let json = object[name] else {
      if need != .optional { reading.report(.missing, at: name) }
      return false
    }
    if json.isNull, !takesNull {
      reading.report(.null, at: name)
      return false
    }
    return reading.inside(name) { read(json, &root, &$0) }
  }
}

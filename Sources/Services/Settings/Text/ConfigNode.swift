package import JSON

/// A value of a configuration file with the place it was written at, whatever the file's language.
package struct ConfigNode: Sendable, Hashable {
  package indirect enum Value: Sendable, Hashable {
    case scalar(JSON, Tag)
    case array([ConfigNode])
    case object([Member])
  }

  /// What a scalar is besides its JSON value; JSON has no dates and no infinity, they are strings there.
  package enum Tag: String, Sendable, Hashable {
    case plain, integer, float, offsetDateTime, localDateTime, localDate, localTime
  }

  package struct Member: Sendable, Hashable {
    package var key: String
    package var keyPosition: TextPosition
    package var node: ConfigNode

    package init(key: String, keyPosition: TextPosition, node: ConfigNode) {
      self.key = key
      self.keyPosition = keyPosition
      self.node = node
    }
  }

  package var value: Value
  package var position: TextPosition

  package init(_ value: Value, at position: TextPosition) {
    self.value = value
    self.position = position
  }
}

// MARK: - Reading

extension ConfigNode {
  package var string: String? {
    if case .scalar(let json, _) = value { json.string } else { nil }
  }

  package var bool: Bool? {
    if case .scalar(let json, _) = value { json.bool } else { nil }
  }

  package var number: Double? {
    if case .scalar(let json, _) = value { json.number?.double } else { nil }
  }

  package var isNull: Bool {
    if case .scalar(let json, _) = value { json.isNull } else { false }
  }

  package var elements: [ConfigNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = value { members } else { nil }
  }

  /// The member of that name; of duplicates the last one counts.
  package func member(_ key: String) -> Member? { members?.last { $0.key == key } }

  package subscript(key: String) -> ConfigNode? { member(key)?.node }

  /// The node that many keys down.
  package subscript(path keys: [String]) -> ConfigNode? {
    keys.reduce(Optional(self)) { node, key in node?[key] }
  }

  package var json: JSON {
    switch value {
    case .scalar(let json, _): json
    case .array(let elements): .array(elements.map(\.json))
    case .object(let members): .object(JSONObject(members.map { ($0.key, $0.node.json) }))
    }
  }

  /// The word for the kind of value, as sentences use it.
  package var kindWord: String {
    switch value {
    case .array: "an array"
    case .object: "an object"
    case .scalar(.null, _): "null"
    case .scalar(.bool, _): "a boolean"
    case .scalar(.number, _): "a number"
    case .scalar: "a string"
    }
  }
}

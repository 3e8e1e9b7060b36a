package import JSON

/// Something that is read from a peer's JSON as far as possible, and written back.
package protocol PeerValue: Sendable, Hashable {
  /// Nil where nothing usable stands there; why is reported.
  static func read(_ json: JSON, _ reading: inout Reading) -> Self?
  var json: JSON { get }
}

extension JSON: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> JSON? { json }
  package var json: JSON { self }
}

extension String: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> String? {
    if let text = json.string { return text }
    reading.mismatch("a string", json)
    return json.number?.text
  }

  package var json: JSON { .string(self) }
}

extension Bool: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Bool? {
    if let value = json.bool { return value }
    reading.mismatch("a boolean", json)
    return json.string.flatMap(Bool.init)
  }

  package var json: JSON { .bool(self) }
}

extension Int: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Int? {
    if let value = json.int { return value }
    reading.mismatch("an integer", json)
    return json.string.flatMap { Int($0) }
  }

  package var json: JSON { .number(JSONNumber(self)) }
}

extension Double: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Double? {
    if let value = json.number?.double, value.isFinite { return value }
    reading.mismatch("a number", json)
    return json.string.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  package var json: JSON { .number(JSONNumber(self)) }
}

extension JSONObject: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> JSONObject? {
    if let object = json.object { return object }
    if json.array?.isEmpty == true {
      reading.report(.emptyArrayForObject)
      return JSONObject()
    }
    reading.mismatch("an object", json)
    return nil
  }

  package var json: JSON { .object(self) }
}

extension Array: PeerValue where Element: PeerValue {
  /// Elements that cannot be read are left out; a lone element counts as an array of one.
  package static func read(_ json: JSON, _ reading: inout Reading) -> [Element]? {
    guard let elements = json.array else {
      reading.mismatch("an array", json)
      if json.object?.isEmpty == true { return [] }
      return Element.read(json, &reading).map { [$0] }
    }
    var values: [Element] = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      let value = reading.inside(String(index)) { Element.read(element, &$0) }
      if let value { values.append(value) }
    }
    return values
  }

  package var json: JSON { .array(map(\.json)) }
}

package import JSON

/// What could be read from a peer's JSON, the JSON itself, and what was wrong with it.
package struct Decoded<Value: PeerValue>: Sendable, Hashable {
  /// Nil where the JSON is unusable as such a value; it is shown raw then.
  package let value: Value?
  package let raw: JSON
  /// Pointers begin at this value; issues of inner values are among them.
  package let issues: [ModelIssue]

  package init(_ json: JSON) {
    var reading = Reading()
    value = Value.read(json, &reading)
    raw = json
    issues = reading.issues
  }

  /// A value of our own making.
  package init(of value: Value) {
    self.value = value
    raw = value.json
    issues = []
  }

  /// A value read in another shape than its own.
  package init(value: Value?, raw: JSON, issues: [ModelIssue]) {
    self.value = value
    self.raw = raw
    self.issues = issues
  }
}

extension Decoded: PeerValue {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Decoded? {
    let decoded = Decoded(json)
    reading.adopt(decoded.issues)
    return decoded
  }

  package var json: JSON { raw }
}

extension Decoded where Value: Model {
  package var unknownKeys: [String] { Value.unknownKeys(in: raw) }
}

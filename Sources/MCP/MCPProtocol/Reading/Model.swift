package import JSON

/// A value with named members, described by rows that serve reading and writing alike.
package protocol Model: PeerValue {
  init()
  static var fields: [Field<Self>] { get }
}

extension Model {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Self? {
    fields.read(json, into: Self(), &reading)
  }

  package var json: JSON { .object(Self.fields.write(self)) }

  /// Members that no row knows; they stay visible in the raw JSON.
  package static func unknownKeys(in json: JSON) -> [String] {
    let names = fields.map(\.name)
    return json.object?.keys.filter { !names.contains($0) } ?? []
  }
}

package import JSON

/// One page of a list. A malformed item is kept as raw JSON beside the good ones.
package struct ListPage<Item: PeerValue>: Sendable, Hashable {
  package var items: [Decoded<Item>]
  /// Opaque; an empty string is a cursor like any other, only absence ends the list.
  package var nextCursor: String?
  package var caching: CachingHints?
  package var meta: JSONObject?
  package var raw: JSON
  package var issues: [ModelIssue]

  /// Reads the member of that name as the list.
  package init(_ result: JSON, items key: String) {
    var reading = Reading()
    items = Self.items(of: result, key, &reading)
    nextCursor = result["nextCursor"].flatMap { json in
      json.isNull ? Optional.none : reading.inside("nextCursor") { String.read(json, &$0) }
    }
    caching = CachingHints.read(result, &reading)
    meta = result["_meta"]?.object
    raw = result
    issues = reading.issues
  }

  private static func items(
    of result: JSON, _ key: String, _ reading: inout Reading
  ) -> [Decoded<Item>] {
    guard let list = result[key] else {
      reading.report(.missing, at: key)
      return []
    }
    // A nil slice of Go, which means an empty list.
    if list.isNull {
      reading.inside(key) { $0.report(.null) }
      return []
    }
    return reading.inside(key) { [Decoded<Item>].read(list, &$0) } ?? []
  }
}

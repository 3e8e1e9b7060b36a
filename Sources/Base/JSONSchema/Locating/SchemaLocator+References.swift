import JSON

extension SchemaLocator {
  /// Where a reference leads from within a resource; nil where nothing is known there.
  mutating func resolve(_ reference: String, from resource: Int) -> SchemaTarget? {
    let uri = resources[resource].uri.resolving(reference)
    guard let fragment = uri.decodedFragment, let root = find(uri.document) else { return nil }
    let place = resources[root].place
    if fragment.isEmpty || fragment.utf8.first == UInt8(ascii: "/") {
      return walk(PointerText.tokens(fragment), from: place, root)
    }
    guard let landing = resources[root].anchors[fragment] else { return nil }
    return walk([], from: landing, root)
  }

  private mutating func find(_ uri: String) -> Int? {
    // A document may name itself otherwise than where it was found.
    if let known = byURI[uri] { return self.known[resources[known].place]?.resource ?? known }
    guard let json = Metaschemas.schema(at: uri) ?? library.document(at: uri) else { return nil }
    return open(json, at: SchemaURI(uri)).resource
  }

  /// Goes down by tokens; what no dialect knew as a schema so far is read as one from here on.
  private mutating func walk(_ tokens: [String], from start: SchemaPlace, _ resource: Int)
    -> SchemaTarget?
  {
    let end = tokens.reduce(start) { $0.appending($1) }
    if let target = known[end] { return target }
    guard var json = value(at: start) else { return nil }
    var place = start
    var owner = known[start]?.resource ?? resource
    for token in tokens {
      guard let next = PointerText.step(json, token) else { return nil }
      json = next
      place = place.appending(token)
      owner = known[place]?.resource ?? owner
    }
    scan(SchemaTarget(json: json, place: place, resource: owner))
    return known[place]
  }

  func value(at place: SchemaPlace) -> JSON? {
    var json = documents[place.document]
    for token in PointerText.tokens(place.pointer) {
      guard let next = PointerText.step(json, token) else { return nil }
      json = next
    }
    return json
  }
}

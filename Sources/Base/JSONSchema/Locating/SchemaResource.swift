import JSON

/// A place in one of the documents a compilation has opened.
struct SchemaPlace: Sendable, Hashable {
  let document: Int
  let pointer: String

  func appending(_ keyword: String) -> SchemaPlace {
    SchemaPlace(document: document, pointer: pointer + "/" + PointerText.escaped(keyword))
  }

  func appending(_ keyword: String, _ token: String) -> SchemaPlace {
    SchemaPlace(
      document: document,
      pointer: pointer + "/" + PointerText.escaped(keyword) + "/" + PointerText.escaped(token))
  }
}

/// A schema with an identifier of its own (or a document's root), its dialect and its anchors.
struct SchemaResource: Sendable {
  let uri: SchemaURI
  let place: SchemaPlace
  let dialect: Dialect
  var anchors: [String: SchemaPlace] = [:]
  /// Those that a dynamic reference may land on from far away.
  var dynamicAnchors: [String: SchemaPlace] = [:]

  /// `$recursiveAnchor: true` under a name that no `$dynamicAnchor` can have.
  static let recursiveAnchor = "#"

  /// The URI of a place inside: its pointer is taken from this resource's root.
  func location(of place: SchemaPlace) -> String {
    let inside = place.pointer.dropFirst(self.place.pointer.count)
    return uri.document + "#" + SchemaURI.fragment(String(inside))
  }
}

/// A subschema found: the value, where it stands and which resource it belongs to.
struct SchemaTarget: Sendable {
  let json: JSON
  let place: SchemaPlace
  let resource: Int
}

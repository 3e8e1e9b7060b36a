import JSON

/// `$ref`, `$dynamicRef` and `$recursiveRef`: another schema applied to the same value.
struct ReferenceCheck: SchemaCheck {
  let keyword: String
  let reference: String
  /// Where the reference leads when nothing dynamic happens; nil where nothing is known there.
  let target: Int?
  /// The anchor to look for in the dynamic scope.
  let anchor: String?

  static func plain(_ reader: SchemaReader) -> ReferenceCheck? {
    make("$ref", reader) { _, _ in nil }
  }

  /// Dynamic only where the reference first lands on a dynamic anchor of that name.
  static func dynamic(_ reader: SchemaReader) -> ReferenceCheck? {
    make("$dynamicRef", reader) { reference, resource in
      guard let name = SchemaURI(reference).decodedFragment, name.utf8.first != UInt8(ascii: "/")
      else {
        return nil
      }
      return resource.dynamicAnchors[name] == nil ? nil : name
    }
  }

  static func recursive(_ reader: SchemaReader) -> ReferenceCheck? {
    make("$recursiveRef", reader) { _, resource in
      let name = SchemaResource.recursiveAnchor
      return resource.dynamicAnchors[name] == nil ? nil : name
    }
  }

  private static func make(
    _ keyword: String, _ reader: SchemaReader,
    anchor: (String, SchemaResource) -> String?
  ) -> ReferenceCheck? {
    guard let reference = reader.string(keyword) else { return nil }
    let compiler = reader.compiler
    guard let found = compiler.locator.resolve(reference, from: reader.target.resource) else {
      let base = compiler.locator.resources[reader.target.resource].uri.document
      reader.report(.unresolved(reference: reference, base: base), at: keyword)
      return ReferenceCheck(keyword: keyword, reference: reference, target: nil, anchor: nil)
    }
    let name = anchor(reference, compiler.locator.resources[found.resource])
    if let name { compiler.watch(dynamicAnchor: name) }
    return ReferenceCheck(
      keyword: keyword, reference: reference, target: compiler.node(for: found), anchor: name)
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard let target = anchor.flatMap(run.dynamicTarget) ?? target else {
      return run.fail(.unresolved(reference), keyword: keyword)
    }
    var own = Marks(tracking: marks.isTracking)
    let holds = run.apply(target, here: value, via: SchemaStep(keyword), marks: &own)
    marks.merge(own)
    return holds
  }
}

import JSON

/// The schemas that together describe one part of an instance, and which of their alternatives are chosen.
package struct FormPart: Sendable, Hashable {
  let targets: [SchemaTarget]
  var chosen: Set<SchemaPlace> = []
  /// The one type chosen out of several.
  var type: SchemaType?

  init(_ targets: [SchemaTarget]) { self.targets = targets }

  /// The same with one alternative taken.
  func choosing(_ target: SchemaTarget?, at place: SchemaPlace) -> FormPart {
    var part = FormPart(target.map { targets + [$0] } ?? targets)
    part.chosen = chosen.union([place])
    part.type = type
    return part
  }

  /// Two parts are the same when the same places and choices make them up.
  package static func == (left: FormPart, right: FormPart) -> Bool {
    left.targets.map(\.place) == right.targets.map(\.place) && left.chosen == right.chosen
      && left.type == right.type
  }

  package func hash(into hasher: inout Hasher) {
    for target in targets { hasher.combine(target.place) }
    hasher.combine(type)
  }
}

import JSON

/// Turns subschemas into nodes, each place once, in the order they are met.
///
/// A class because the check builders, which are rows of a table, all write into the same one.
final class SchemaCompiler {
  var locator: SchemaLocator
  let assertsFormats: Bool
  let admitsNullable: Bool
  private var nodes: [SchemaNode] = []
  private var known: [SchemaPlace: Int] = [:]
  private var queue: [SchemaTarget] = []
  private var patterns: [String: Result<Pattern, PatternProblem>] = [:]
  private var dynamicNames: Set<String> = []

  init(_ options: SchemaOptions) {
    locator = SchemaLocator(library: options.library, defaultDraft: options.defaultDraft)
    assertsFormats = options.assertsFormats
    admitsNullable = options.admitsNullable
  }

  func compile(_ schema: JSON, at uri: String) -> SchemaProgram {
    _ = node(for: locator.open(schema, at: SchemaURI(uri)))
    var targets: [Int: [String: Int]] = [:]
    repeat {
      drain()
      targets = dynamicTargets()
    } while nodes.count < known.count
    return SchemaProgram(nodes: nodes, resources: locator.resources, dynamicTargets: targets)
  }

  /// The index of the node for a subschema; it may be filled only later.
  func node(for target: SchemaTarget) -> Int {
    if let index = known[target.place] { return index }
    let index = known.count
    known[target.place] = index
    queue.append(target)
    return index
  }

  private func drain() {
    var next = 0
    while next < queue.count {
      nodes.append(build(queue[next]))
      next += 1
    }
    queue.removeAll()
  }

  private func build(_ target: SchemaTarget) -> SchemaNode {
    var node = SchemaNode(place: target.place, resource: target.resource)
    switch target.json {
    case .bool(let verdict): node.verdict = verdict
    case .object(let object):
      let reader = SchemaReader(object, target, compiler: self)
      node.notes = reader.notes
      node.checks = ValueKind.allCases.map { _ in [] }
      for row in CheckRow.rows(for: reader.keywords) {
        guard let check = row.build(reader) else { continue }
        for kind in row.kinds { node.checks[kind.rawValue].append(check) }
        node.tracks = node.tracks || row.tracks
      }
    default:
      locator.report(.notASchema, at: target.place)
      node.verdict = true
    }
    return node
  }
}

// MARK: - Shared between checks

extension SchemaCompiler {
  /// The pattern, compiled once however often it is written.
  func pattern(_ source: String) -> Result<Pattern, PatternProblem> {
    if let known = patterns[source] { return known }
    let compiled = Result<Pattern, PatternProblem> { () throws(PatternProblem) in
      try Pattern(source)
    }
    patterns[source] = compiled
    return compiled
  }

  /// Every resource that offers the anchor is a possible landing from now on.
  func watch(dynamicAnchor name: String) { dynamicNames.insert(name) }

  private func dynamicTargets() -> [Int: [String: Int]] {
    var targets: [Int: [String: Int]] = [:]
    guard !dynamicNames.isEmpty else { return targets }
    for (index, resource) in locator.resources.enumerated() {
      for (name, place) in resource.dynamicAnchors where dynamicNames.contains(name) {
        guard let json = locator.value(at: place) else { continue }
        let target = SchemaTarget(json: json, place: place, resource: index)
        targets[index, default: [:]][name] = node(for: target)
      }
    }
    return targets
  }
}

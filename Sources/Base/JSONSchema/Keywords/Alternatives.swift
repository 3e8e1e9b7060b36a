import JSON

/// The schemas of `anyOf` or `oneOf`, and the story of why none of them fits.
struct Alternatives: Sendable {
  let keyword: String
  let nodes: [Int]
  let titles: [String?]

  init?(_ keyword: String, _ reader: SchemaReader) {
    guard let nodes = reader.schemas(keyword), !nodes.isEmpty else { return nil }
    self.keyword = keyword
    self.nodes = nodes
    titles = (reader.array(keyword) ?? []).map(Self.title)
  }

  /// What people call an alternative: its title, or the end of what it refers to.
  private static func title(_ json: JSON) -> String? {
    if let title = json.object?["title"]?.string { return title }
    guard let reference = json.object?["$ref"]?.string else { return nil }
    return reference.split(separator: "/").last.map(String.init)
  }

  private func step(_ index: Int) -> SchemaStep { SchemaStep(keyword, .index(index)) }

  /// The alternatives that fit, at most so many.
  func fitting(_ value: JSON, _ run: inout SchemaRun, _ marks: inout Marks, most: Int) -> [Int] {
    var fitting: [Int] = []
    for (index, node) in nodes.enumerated()
    where run.applyTrying(node, here: value, via: step(index), marks: &marks) {
      fitting.append(index)
      if fitting.count >= most { break }
    }
    return fitting
  }

  func failNone(_ value: JSON, _ run: inout SchemaRun) -> Bool {
    guard !run.isDeciding else { return false }
    guard run.branchDepth < SchemaLimits.branchDepth else {
      return run.fail(.noAlternative(count: nodes.count), keyword: keyword)
    }
    let branches = nodes.enumerated().map { index, node in
      SchemaViolation.Branch(
        index: index, title: titles[index],
        violations: run.objections(of: node, to: value, via: step(index)))
    }
    let depth = run.path.count
    let distances = branches.map { $0.violations.reduce(0) { $0 + Self.distance($1, depth) } }
    let closest = distances.indices.min { distances[$0] < distances[$1] }
    return run.fail(
      .noAlternative(count: nodes.count), keyword: keyword, branches: branches, closest: closest)
  }

  /// How far off a violation shows an alternative to be: another type or discriminator means another alternative was meant.
  private static func distance(_ violation: SchemaViolation, _ depth: Int) -> Int {
    let below = violation.path.count - depth
    switch violation.problem {
    case .type, .nothingAllowed: return below == 0 ? 1_000 : 5
    case .constant, .enumeration: return below == 0 ? 300 : below == 1 ? 100 : 5
    case .missing: return 10
    case .noAlternative:
      guard below == 0, let closest = violation.closest else { return 5 }
      return violation.branches[closest].violations.reduce(0) { $0 + distance($1, depth) }
    default: return 5
    }
  }
}

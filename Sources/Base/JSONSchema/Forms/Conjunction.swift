import JSON

/// Everything that applies to one part at once: its schemas, what they refer to, and their `allOf`.
struct Conjunction {
  struct Conjunct {
    let object: JSONObject
    let target: SchemaTarget
  }

  private(set) var conjuncts: [Conjunct] = []
  /// A `false` is among them.
  private(set) var isNever = false
  private(set) var findings: [SchemaFinding] = []

  init(_ part: FormPart, _ locator: inout SchemaLocator) {
    var queue = part.targets
    var seen: Set<SchemaPlace> = []
    var next = 0
    while next < queue.count {
      let target = queue[next]
      next += 1
      guard seen.insert(target.place).inserted else { continue }
      switch target.json {
      case .bool(let verdict): isNever = isNever || !verdict
      case .object(let object): queue += take(object, target, &locator)
      default: report(.notASchema, target)
      }
    }
  }

  /// Adds a schema and answers with what it brings along.
  private mutating func take(
    _ object: JSONObject, _ target: SchemaTarget, _ locator: inout SchemaLocator
  ) -> [SchemaTarget] {
    var more: [SchemaTarget] = []
    for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
      guard let reference = object[keyword]?.string else { continue }
      if let found = locator.resolve(reference, from: target.resource) {
        more.append(found)
      } else {
        report(.unresolved(reference: reference, base: ""), target)
      }
    }
    let standsAlone = locator.resources[target.resource].dialect.draft.refStandsAlone
    if standsAlone, object["$ref"] != nil {
      // Words about a reference are kept: people write them there, whatever the draft says.
      let words = object.members.filter { Self.words.contains($0.key) }
      conjuncts.append(Conjunct(object: JSONObject(members: words), target: target))
      return more
    }
    conjuncts.append(Conjunct(object: object, target: target))
    for (index, json) in (object["allOf"]?.array ?? []).enumerated() {
      more.append(locator.inside(target, "allOf", String(index), json))
    }
    return more
  }

  private static let words: Set<String> = ["title", "description", "default", "examples"]

  mutating func report(_ problem: SchemaFinding.Problem, _ target: SchemaTarget? = nil) {
    let place = (target ?? conjuncts.first?.target)?.place.pointer ?? ""
    findings.append(SchemaFinding(location: place, problem: problem))
  }

  // MARK: - Facts

  /// What the outermost schema that says it says.
  func first(_ keyword: String) -> JSON? { first(keyword) { $0 } }

  /// The first value that can be read as wanted.
  func first<Value>(_ keyword: String, _ read: (JSON) -> Value?) -> Value? {
    for conjunct in conjuncts {
      if let value = conjunct.object[keyword].flatMap(read) { return value }
    }
    return nil
  }

  func all<Value>(_ keyword: String, _ read: (JSON) -> Value?) -> [Value] {
    conjuncts.compactMap { $0.object[keyword].flatMap(read) }
  }

  func has(_ keywords: String...) -> Bool {
    conjuncts.contains { conjunct in keywords.contains { conjunct.object[$0] != nil } }
  }

  func isTrue(_ keyword: String) -> Bool { conjuncts.contains { $0.object[keyword]?.bool == true } }
}

extension SchemaLocator {
  /// A subschema of a schema already found.
  func inside(_ target: SchemaTarget, _ keyword: String, _ token: String?, _ json: JSON)
    -> SchemaTarget
  {
    let place = token.map { target.place.appending(keyword, $0) } ?? target.place.appending(keyword)
    return SchemaTarget(json: json, place: place, resource: owner(of: place) ?? target.resource)
  }
}

import JSON

/// Reads the keywords of one schema object with the types they must have; what has another type is a finding.
struct SchemaReader {
  let object: JSONObject
  let target: SchemaTarget
  let dialect: Dialect
  let compiler: SchemaCompiler
  /// The keywords that count here; of duplicates the last.
  private let members: [String: JSON]

  init(_ object: JSONObject, _ target: SchemaTarget, compiler: SchemaCompiler) {
    self.object = object
    self.target = target
    self.compiler = compiler
    dialect = compiler.locator.resources[target.resource].dialect
    let rows = compiler.locator.rows(of: target.resource)
    var members: [String: JSON] = [:]
    for member in object.members where rows[member.key] != nil {
      members[member.key] = member.value
    }
    if dialect.draft.refStandsAlone, let reference = members["$ref"] {
      let ignored = members.keys.filter { !Self.harmlessBesideRef.contains($0) }.sorted()
      if !ignored.isEmpty {
        compiler.locator.report(.ignoredBesideRef(ignored), at: target.place)
      }
      members = ["$ref": reference]
    }
    self.members = members
  }

  private static let harmlessBesideRef: Set<String> = [
    "$ref", "definitions", "title", "description", "default", "examples",
  ]

  var notes: [SchemaNote] {
    let rows = compiler.locator.rows(of: target.resource)
    return SchemaNote.notes(object, rows, dialect.draft)
  }

  func has(_ keyword: String) -> Bool { members[keyword] != nil }

  var keywords: some Sequence<String> { members.keys }

  /// The keyword's value where it counts.
  func value(_ keyword: String) -> JSON? { members[keyword] }

  func report(_ problem: SchemaFinding.Problem, at keyword: String) {
    compiler.locator.report(problem, at: target.place.appending(keyword))
  }

  private func reject<Value>(_ keyword: String, _ expected: String) -> Value? {
    report(.badKeyword(keyword: keyword, expected: expected), at: keyword)
    return nil
  }

  // MARK: - Plain values

  /// A count of things; more than a machine integer is as good as no end.
  func count(_ keyword: String) -> Int? {
    guard let value = value(keyword) else { return nil }
    guard let number = value.number else { return reject(keyword, "a whole number from 0 up") }
    guard number.isInteger, !number.isNegative else {
      return reject(keyword, "a whole number from 0 up")
    }
    return number.int ?? .max
  }

  func number(_ keyword: String) -> JSONNumber? {
    guard let value = value(keyword) else { return nil }
    return value.number ?? reject(keyword, "a number")
  }

  func flag(_ keyword: String) -> Bool? {
    guard let value = value(keyword) else { return nil }
    return value.bool ?? reject(keyword, "true or false")
  }

  func string(_ keyword: String) -> String? {
    guard let value = value(keyword) else { return nil }
    return value.string ?? reject(keyword, "a string")
  }

  func names(_ keyword: String) -> [String]? {
    guard let value = value(keyword) else { return nil }
    return Self.names(value) ?? reject(keyword, "a list of strings")
  }

  static func names(_ value: JSON) -> [String]? {
    guard let elements = value.array else { return nil }
    let names = elements.compactMap(\.string)
    return names.count == elements.count ? names : nil
  }

  func object(_ keyword: String) -> JSONObject? {
    guard let value = value(keyword) else { return nil }
    return value.object ?? reject(keyword, "an object")
  }

  func array(_ keyword: String) -> [JSON]? {
    guard let value = value(keyword) else { return nil }
    return value.array ?? reject(keyword, "a list")
  }

  func pattern(_ source: String, at keyword: String) -> Pattern? {
    switch compiler.pattern(source) {
    case .success(let pattern): return pattern
    case .failure(let problem):
      report(
        problem.isDefect
          ? .badPattern(pattern: source, reason: problem.sentence)
          : .uncheckedPattern(pattern: source, reason: problem.sentence), at: keyword)
      return nil
    }
  }
}

// MARK: - Subschemas

extension SchemaReader {
  func schema(_ keyword: String) -> Int? {
    value(keyword).map { node($0, target.place.appending(keyword)) }
  }

  func schemas(_ keyword: String) -> [Int]? {
    guard let elements = array(keyword) else { return nil }
    return elements.enumerated().map { index, json in
      node(json, target.place.appending(keyword, String(index)))
    }
  }

  /// The schemas of a map in its order; of duplicates the last.
  func schemaMap(_ keyword: String) -> [(name: String, node: Int)]? {
    guard let object = object(keyword) else { return nil }
    return object.keptMembers.map { member in
      (member.key, node(member.value, target.place.appending(keyword, member.key)))
    }
  }

  func node(_ json: JSON, _ place: SchemaPlace) -> Int {
    let owner = compiler.locator.owner(of: place) ?? target.resource
    return compiler.node(for: SchemaTarget(json: json, place: place, resource: owner))
  }
}

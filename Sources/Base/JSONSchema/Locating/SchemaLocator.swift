import JSON

/// Opens documents, knows every identifier and anchor in them, and follows references.
struct SchemaLocator {
  let library: SchemaLibrary
  let defaultDraft: SchemaDraft
  private(set) var documents: [JSON] = []
  private(set) var resources: [SchemaResource] = []
  private(set) var findings: [SchemaFinding] = []
  private(set) var byURI: [String: Int] = [:]
  /// Every subschema met so far.
  private(set) var known: [SchemaPlace: SchemaTarget] = [:]
  private var activeRows: [Dialect: [String: KeywordRow]] = [:]

  init(library: SchemaLibrary, defaultDraft: SchemaDraft) {
    self.library = library
    self.defaultDraft = defaultDraft
  }

  mutating func open(_ json: JSON, at uri: SchemaURI) -> SchemaTarget {
    let place = SchemaPlace(document: documents.count, pointer: "")
    documents.append(json)
    let dialect = dialect(of: json.object, at: place) ?? Dialect(defaultDraft)
    let root = add(SchemaResource(uri: uri, place: place, dialect: dialect))
    scan(SchemaTarget(json: json, place: place, resource: root))
    return known[place] ?? SchemaTarget(json: json, place: place, resource: root)
  }

  /// The rows of the keywords that count in a resource.
  mutating func rows(of resource: Int) -> [String: KeywordRow] {
    let dialect = resources[resource].dialect
    if let known = activeRows[dialect] { return known }
    let rows = KeywordRow.rows(of: dialect.draft).filter { dialect.reads($0.value) }
    activeRows[dialect] = rows
    return rows
  }

  func owner(of place: SchemaPlace) -> Int? { known[place]?.resource }

  mutating func report(_ problem: SchemaFinding.Problem, at place: SchemaPlace) {
    let isMain = place.document == 0
    let start =
      isMain ? "" : resources.first { $0.place.document == place.document }?.uri.document ?? ""
    findings.append(
      SchemaFinding(location: start + (isMain ? "" : "#") + place.pointer, problem: problem))
  }

  private mutating func add(_ resource: SchemaResource) -> Int {
    let index = resources.count
    resources.append(resource)
    let uri = resource.uri.document
    if let known = byURI[uri] {
      // A document's own $id may repeat the identifier it was found under.
      if resources[known].place != resource.place {
        report(.duplicateIdentifier(uri), at: resource.place)
      }
    } else {
      byURI[uri] = index
    }
    return index
  }
}

// MARK: - Scanning

extension SchemaLocator {
  /// Walks the subschemas that the dialect knows, breadth first, and notes what names them.
  mutating func scan(_ start: SchemaTarget) {
    var queue = [start]
    var next = 0
    while next < queue.count {
      let target = queue[next]
      next += 1
      guard known[target.place] == nil else { continue }
      guard case .object(let object) = target.json else {
        known[target.place] = target
        continue
      }
      let resource = identify(object, target)
      known[target.place] = SchemaTarget(
        json: target.json, place: target.place, resource: resource)
      let rows = rows(of: resource)
      for member in object.keptMembers {
        guard let row = rows[member.key] else { continue }
        row.shape.visit(member.value) { token, json in
          let place =
            token.map { target.place.appending(member.key, $0) }
            ?? target.place.appending(member.key)
          queue.append(SchemaTarget(json: json, place: place, resource: resource))
        }
      }
    }
  }

  /// The resource an object belongs to: a new one where it has an identifier.
  private mutating func identify(_ object: JSONObject, _ target: SchemaTarget) -> Int {
    let parent = resources[target.resource]
    let isRoot = target.place == parent.place
    let dialect = isRoot ? parent.dialect : dialect(of: object, at: target.place) ?? parent.dialect
    var resource = target.resource
    let isHidden = dialect.draft.refStandsAlone && object["$ref"] != nil
    if !isHidden, let id = object[dialect.draft.idKeyword]?.string {
      let uri = parent.uri.resolving(id)
      if !id.hasPrefix("#"), uri.document != parent.uri.document || !isRoot {
        resource = add(SchemaResource(uri: uri, place: target.place, dialect: dialect))
      }
      if dialect.draft.refStandsAlone, let name = uri.decodedFragment, !name.isEmpty {
        note(anchor: name, target.place, resource)
      }
    }
    anchors(object, target.place, resource)
    return resource
  }

  private mutating func anchors(_ object: JSONObject, _ place: SchemaPlace, _ resource: Int) {
    let draft = resources[resource].dialect.draft
    guard draft >= .draft201909 else { return }
    if let name = object["$anchor"]?.string { note(anchor: name, place, resource) }
    if draft == .draft202012, let name = object["$dynamicAnchor"]?.string {
      note(anchor: name, place, resource)
      resources[resource].dynamicAnchors[name] = place
    }
    if draft == .draft201909, object["$recursiveAnchor"]?.bool == true {
      resources[resource].dynamicAnchors[SchemaResource.recursiveAnchor] = place
    }
  }

  private mutating func note(anchor name: String, _ place: SchemaPlace, _ resource: Int) {
    guard resources[resource].anchors[name] == nil else {
      return report(.duplicateIdentifier("#" + name), at: place)
    }
    resources[resource].anchors[name] = place
  }
}

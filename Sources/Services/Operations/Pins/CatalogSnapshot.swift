package import JSON

/// What a server offered at one moment, as far as a model or its user can be led by it.
package struct CatalogSnapshot: Sendable, Hashable {
  package private(set) var lists: [CatalogList: [JSON]] = [:]

  package init() {}

  private static let members: Set = [
    "name", "title", "description", "inputSchema", "outputSchema", "annotations", "uri",
    "uriTemplate", "mimeType", "arguments",
  ]

  package mutating func note(_ report: ListReport) {
    lists[report.list] = report.items.map { item in
      guard let object = item.object else { return item }
      return .object(JSONObject(members: object.members.filter { Self.members.contains($0.key) }))
    }
  }

  package var counts: String {
    let words = CatalogList.allCases.compactMap { list in
      lists[list].map { "\($0.count) \(list.rawValue)" }
    }
    return words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }

  // MARK: - As a file

  package init?(reading json: JSON) {
    guard let object = json["lists"]?.object else { return nil }
    for member in object.members {
      guard let list = CatalogList(rawValue: member.key), let items = member.value.array else {
        continue
      }
      lists[list] = items
    }
  }

  package var json: JSON {
    let members = CatalogList.allCases.compactMap { list in
      lists[list].map { (list.rawValue, JSON.array($0)) }
    }
    return ["version": 1, "lists": .object(JSONObject(members))]
  }

  // MARK: - Comparing

  /// What differs in the lists that both sides have.
  package func changes(to other: CatalogSnapshot) -> [CatalogChange] {
    CatalogList.allCases.flatMap { list -> [CatalogChange] in
      guard let before = lists[list], let after = other.lists[list] else { return [] }
      return Self.changes(list, before, after)
    }
  }

  private static func changes(
    _ list: CatalogList, _ before: [JSON], _ after: [JSON]
  ) -> [CatalogChange] {
    let old = byName(list, before)
    let new = byName(list, after)
    let names = old.names + new.names.filter { old.items[$0] == nil }
    return names.flatMap { name -> [CatalogChange] in
      switch (old.items[name], new.items[name]) {
      case (let item?, nil): [CatalogChange(list, name, .removed(item))]
      case (nil, let item?): [CatalogChange(list, name, .added(item))]
      case (let from?, let to?):
        from.diff(to: to).changes.map { CatalogChange(list, name, .changed($0)) }
      case (nil, nil): []
      }
    }
  }

  /// Items by their names, those of the same name told apart by their place among them.
  private static func byName(
    _ list: CatalogList, _ items: [JSON]
  ) -> (names: [String], items: [String: JSON]) {
    var names: [String] = []
    var found: [String: JSON] = [:]
    for item in items {
      let own = item[list.identity]?.string ?? item.compact
      var name = own
      var count = 1
      while found[name] != nil {
        count += 1
        name = "\(own) (\(count))"
      }
      names.append(name)
      found[name] = item
    }
    return (names, found)
  }
}

/// One difference between two snapshots.
package struct CatalogChange: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case added(JSON)
    case removed(JSON)
    case changed(JSONChange)
  }

  package let list: CatalogList
  package let name: String
  package let kind: Kind

  init(_ list: CatalogList, _ name: String, _ kind: Kind) {
    self.list = list
    self.name = name
    self.kind = kind
  }

  /// One line; texts are compared word by word. Foreign text.
  package var line: String {
    let what = "\(list.rawValue.dropLast()) \(name)"
    switch kind {
    case .added: return "\(what): new"
    case .removed: return "\(what): gone"
    case .changed(let change):
      guard case .changed(.string(let old), .string(let new)) = change.kind else {
        return "\(what): \(change)"
      }
      return "\(what): \(change.pointer): \(WordDifference.text(from: old, to: new))"
    }
  }

  package var json: JSON {
    var object: JSONObject = ["list": .string(list.rawValue), "name": .string(name)]
    switch kind {
    case .added(let item):
      object["kind"] = "added"
      object["after"] = item
    case .removed(let item):
      object["kind"] = "removed"
      object["before"] = item
    case .changed(let change):
      object["kind"] = "changed"
      object["path"] = .string(change.pointer.description)
      object["sentence"] = .string(line)
      switch change.kind {
      case .added(let value): object["after"] = value
      case .removed(let value): object["before"] = value
      case .changed(let old, let new):
        object["before"] = old
        object["after"] = new
      case .reordered: break
      }
    }
    return .object(object)
  }
}

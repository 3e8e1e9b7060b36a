package import JSON

/// Which scopes the tools of a server want and which of them were granted, each with where that is known from.
package struct ScopeMatrix: Sendable, Hashable {
  package enum Source: String, Sendable, Hashable, CaseIterable {
    case descriptor
    case meta = "_meta"
    case challenge
    /// A call that was refused for it.
    case refusal = "403"
    case metadata = "resource metadata"
    case request, answer, claims
  }

  /// What one tool wants, or what all of them want.
  package struct Row: Sendable, Hashable {
    /// Nil: every call.
    package var tool: String?
    package var needs: [Cell]
    /// Whether the server lists it to this user.
    package var isListed = true
  }

  package struct Cell: Sendable, Hashable {
    package var scope: String
    package var sources: [Source]
    /// Nil where nobody knows.
    package var isGranted: Bool?
  }

  /// One scope by itself: asked for, granted, named by the resource.
  package struct ScopeRow: Sendable, Hashable {
    package var scope: String
    package var isRequested: Bool
    package var isGranted: Bool?
    package var sources: [Source]
  }

  package var rows: [Row] = []
  package var scopes: [ScopeRow] = []
  /// Where it is known from what was granted; nil where it is not known.
  package var grantedFrom: Source?
  /// What could not be looked at, as sentences.
  package var gaps: [String] = []

  /// Whether a tool may be called; nil where that is not known.
  package func allows(_ row: Row) -> Bool? {
    let cells = row.needs.map(\.isGranted)
    if cells.contains(false) { return false }
    return cells.contains(nil) || row.needs.isEmpty ? nil : true
  }
}

// MARK: - As it is put together

extension ScopeMatrix {
  init(granted: [String]?, from source: Source?, requested: [String], named: [String]?) {
    grantedFrom = granted == nil ? nil : source
    let all = requested + (granted ?? []) + (named ?? [])
    var seen: Set<String> = []
    scopes = all.filter { seen.insert($0).inserted }.map { scope in
      var sources: [Source] = []
      if requested.contains(scope) { sources.append(.request) }
      if let source, granted?.contains(scope) == true { sources.append(source) }
      if named?.contains(scope) == true { sources.append(.metadata) }
      return ScopeRow(
        scope: scope, isRequested: requested.contains(scope),
        isGranted: granted.map { $0.contains(scope) }, sources: sources)
    }
  }

  private func isGranted(_ scope: String) -> Bool? {
    guard grantedFrom != nil else { return nil }
    return scopes.first { $0.scope == scope }?.isGranted ?? false
  }

  /// A tool that is there, wanting what it may.
  mutating func add(_ tool: String?, isListed: Bool = true) {
    guard !rows.contains(where: { $0.tool == tool }) else { return }
    rows.append(Row(tool: tool, needs: [], isListed: isListed))
  }

  mutating func add(_ names: [String], to tool: String?, from source: Source) {
    guard !names.isEmpty else { return }
    add(tool, isListed: false)
    guard let place = rows.firstIndex(where: { $0.tool == tool }) else { return }
    for name in names {
      if let cell = rows[place].needs.firstIndex(where: { $0.scope == name }) {
        guard !rows[place].needs[cell].sources.contains(source) else { continue }
        rows[place].needs[cell].sources.append(source)
      } else {
        rows[place].needs.append(
          Cell(scope: name, sources: [source], isGranted: isGranted(name)))
      }
    }
  }
}

// MARK: - What a tool says of itself

extension ScopeMatrix {
  private static let names: Set = [
    "scope", "scopes", "requiredscopes", "oauthscopes", "requiredscope",
  ]

  /// The scopes in a tool's `_meta`, under whatever prefix, and in its security schemes.
  static func scopes(in tool: JSON) -> [String] {
    var found: [String] = []
    for member in tool["_meta"]?.object?.members ?? [] where isScopes(member.key) {
      found += list(member.value)
    }
    for schemes in [tool["securitySchemes"], tool["_meta"]?["securitySchemes"]] {
      for scheme in schemes?.array ?? [] { found += list(scheme["scopes"] ?? .null) }
    }
    return found
  }

  private static func isScopes(_ key: String) -> Bool {
    let last = key.split(whereSeparator: { "/.:".contains($0) }).last ?? ""
    return names.contains(last.lowercased().filter { $0 != "_" && $0 != "-" })
  }

  static func list(_ json: JSON) -> [String] {
    json.array?.compactMap(\.string) ?? json.string?.split(separator: " ").map(String.init) ?? []
  }
}

extension ScopeMatrix {
  package var json: JSON {
    var object: JSONObject = [
      "scopes": .array(scopes.map(\.json)),
      "tools": .array(
        rows.map { row in
          var object: JSONObject = ["tool": row.tool.map(JSON.string) ?? .null]
          object["allowed"] = allows(row).map(JSON.bool) ?? .null
          object["listed"] = .bool(row.isListed)
          object["requires"] = .array(row.needs.map(\.json))
          return .object(object)
        }),
    ]
    object["grantedFrom"] = grantedFrom.map { .string($0.rawValue) } ?? .null
    if !gaps.isEmpty { object["gaps"] = .array(gaps.map(JSON.string)) }
    return .object(object)
  }
}

extension ScopeMatrix.Cell {
  fileprivate var json: JSON {
    [
      "scope": .string(scope), "granted": isGranted.map(JSON.bool) ?? .null,
      "from": .array(sources.map { .string($0.rawValue) }),
    ]
  }
}

extension ScopeMatrix.ScopeRow {
  fileprivate var json: JSON {
    [
      "scope": .string(scope), "requested": .bool(isRequested),
      "granted": isGranted.map(JSON.bool) ?? .null,
      "from": .array(sources.map { .string($0.rawValue) }),
    ]
  }
}

package import JSON

/// What a server listed last, cut down to what a shell completes: names and arguments.
package struct SeenLists: Sendable, Hashable {
  package struct Item: Sendable, Hashable {
    package var name: String
    package var note: String
    package var arguments: [Argument]
  }

  package struct Argument: Sendable, Hashable {
    package var name: String
    package var note: String
    package var isRequired: Bool
    /// The values it may have, where they are counted out.
    package var values: [String]
  }

  package private(set) var items: [CatalogList: [Item]] = [:]

  package init() {}

  static let kept = 500
  static let valuesKept = 50
  static let noteLength = 80

  package mutating func note(_ report: ListReport) {
    items[report.list] = report.items.prefix(Self.kept).compactMap { Item($0, report.list) }
  }
}

// MARK: - From what a server lists

extension SeenLists.Item {
  fileprivate init?(_ json: JSON, _ list: CatalogList) {
    guard let name = json[list.identity]?.string, !name.isEmpty else { return nil }
    self.name = name
    note = Self.note(json["title"]?.string ?? json["description"]?.string)
    arguments =
      switch list {
      case .tools: Self.arguments(ofTool: json["inputSchema"] ?? .null)
      case .prompts: Self.arguments(ofPrompt: json["arguments"] ?? .null)
      case .resources, .templates: []
      }
  }

  private static func arguments(ofTool schema: JSON) -> [SeenLists.Argument] {
    let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
    return (schema["properties"]?.object?.members ?? []).map { member in
      SeenLists.Argument(
        name: member.key, note: note(member.value["description"]?.string),
        isRequired: required.contains(member.key),
        values: values(of: member.value, in: schema).map { $0.string ?? $0.compact })
    }
  }

  /// Those that are counted out, in the schema itself or in one that it points to or is put together of.
  private static func values(of schema: JSON, in whole: JSON, depth: Int = 0) -> [JSON] {
    guard depth < deepest else { return [] }
    if let counted = schema["enum"]?.array { return Array(counted.prefix(SeenLists.valuesKept)) }
    if let only = schema["const"] { return [only] }
    if schema["type"] == "boolean" { return [true, false] }
    let target = schema["$ref"]?.string.flatMap { Self.target($0, in: whole) }
    let parts = ["oneOf", "anyOf", "allOf"].flatMap { schema[$0]?.array ?? [] }
    let found = ([target, schema["items"]].compactMap(\.self) + parts)
      .flatMap { values(of: $0, in: whole, depth: depth + 1) }
    return Array(found.prefix(SeenLists.valuesKept))
  }

  private static let deepest = 4

  /// What a reference within the schema names.
  private static func target(_ reference: String, in whole: JSON) -> JSON? {
    guard reference.hasPrefix("#/") else { return nil }
    do throws(JSONPointerError) {
      return whole[try JSONPointer(parsing: String(reference.dropFirst()))]
    } catch {
      return nil
    }
  }

  private static func arguments(ofPrompt list: JSON) -> [SeenLists.Argument] {
    (list.array ?? []).compactMap { json in
      json["name"]?.string.map {
        SeenLists.Argument(
          name: $0, note: note(json["description"]?.string),
          isRequired: json["required"] == true, values: [])
      }
    }
  }

  private static func note(_ text: String?) -> String {
    let line = text?.split(whereSeparator: \.isNewline).first ?? ""
    return String(line.prefix(SeenLists.noteLength))
  }
}

extension CatalogList {
  /// The member that names an item.
  package var identity: String {
    switch self {
    case .tools, .prompts: "name"
    case .resources: "uri"
    case .templates: "uriTemplate"
    }
  }
}

// MARK: - As a file

extension SeenLists {
  /// A file that another release wrote, or that is broken, is as good as none.
  package init(reading json: JSON) {
    for list in CatalogList.allCases {
      guard let rows = json[list.rawValue]?.array else { continue }
      items[list] = rows.compactMap { row in
        row["name"]?.string.map {
          Item(
            name: $0, note: row["note"]?.string ?? "",
            arguments: (row["arguments"]?.array ?? []).compactMap(Argument.init(reading:)))
        }
      }
    }
  }

  package var json: JSON {
    .object(
      JSONObject(
        CatalogList.allCases.compactMap { list in
          items[list].map { (list.rawValue, .array($0.map(\.json))) }
        }))
  }
}

extension SeenLists.Item {
  fileprivate var json: JSON {
    [
      "name": .string(name), "note": .string(note), "arguments": .array(arguments.map(\.json)),
    ]
  }
}

extension SeenLists.Argument {
  fileprivate init?(reading json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    self.init(
      name: name, note: json["note"]?.string ?? "", isRequired: json["required"] == true,
      values: json["values"]?.array?.compactMap(\.string) ?? [])
  }

  fileprivate var json: JSON {
    [
      "name": .string(name), "note": .string(note), "required": .bool(isRequired),
      "values": .array(values.map(JSON.string)),
    ]
  }
}

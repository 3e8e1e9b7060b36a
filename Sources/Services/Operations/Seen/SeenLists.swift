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
        isRequired: required.contains(member.key), values: values(of: member.value))
    }
  }

  private static func values(of schema: JSON) -> [String] {
    let counted = schema["enum"]?.array ?? schema["items"]?["enum"]?.array ?? []
    let named = (schema["oneOf"]?.array ?? schema["anyOf"]?.array ?? []).compactMap { $0["const"] }
    let flags: [JSON] = schema["type"] == "boolean" ? [true, false] : []
    return (counted + named + flags).prefix(SeenLists.valuesKept).map { $0.string ?? $0.compact }
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

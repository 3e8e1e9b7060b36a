package import JSON

extension ContentBlock {
  /// A type's name on the wire beside the way its members are read and written.
  private struct Row: Sendable {
    let type: String
    let read: @Sendable (JSON, inout Reading) -> ContentKind?
    let write: @Sendable (ContentKind) -> JSONObject?
  }

  private static let rows: [Row] = [
    row("text", { .text($0.text) }, { if case .text(let text) = $0 { Text(text) } else { nil } }),
    row("image", { .image($0) }, { if case .image(let media) = $0 { media } else { nil } }),
    row("audio", { .audio($0) }, { if case .audio(let media) = $0 { media } else { nil } }),
    row(
      "resource", { .resource($0.resource) },
      { if case .resource(let contents) = $0 { Embedded(contents) } else { nil } }),
    row(
      "resource_link", { .resourceLink($0) },
      { if case .resourceLink(let resource) = $0 { resource } else { nil } }),
    row("tool_use", { .toolUse($0) }, { if case .toolUse(let use) = $0 { use } else { nil } }),
    row(
      "tool_result", { .toolResult($0) },
      { if case .toolResult(let result) = $0 { result } else { nil } }),
  ]

  private static func row<M: Model>(
    _ type: String, _ wrap: @escaping @Sendable (M) -> ContentKind,
    _ unwrap: @escaping @Sendable (ContentKind) -> M?
  ) -> Row {
    Row(
      type: type, read: { json, reading in M.read(json, &reading).map(wrap) },
      write: { unwrap($0)?.json.object })
  }

  package static func read(_ json: JSON, _ reading: inout Reading) -> ContentBlock? {
    guard let object = json.object else {
      reading.mismatch("a content block", json)
      return nil
    }
    guard let type = object["type"]?.string else {
      reading.report(.missing, at: "type")
      return ContentBlock(.unknown(type: nil))
    }
    guard let row = rows.first(where: { $0.type == type }) else {
      reading.inside("type") { $0.report(.unknownValue(type)) }
      return ContentBlock(.unknown(type: type))
    }
    guard let kind = row.read(json, &reading) else { return nil }
    let common = Common.read(json, &reading)
    return ContentBlock(kind, annotations: common?.annotations, meta: common?.meta)
  }

  package var json: JSON {
    // Nearly every block there is; the rows below would write the same.
    if case .text(let text) = kind, annotations == nil, meta == nil {
      return .object(["type": "text", "text": .string(text)])
    }
    for row in Self.rows {
      guard let members = row.write(kind) else { continue }
      var object = JSONObject([("type", JSON.string(row.type))])
      object.members += members.members
      object["annotations"] = annotations?.json ?? object["annotations"]
      object["_meta"] = meta.map(JSON.object) ?? object["_meta"]
      return .object(object)
    }
    return .object(JSONObject())
  }
}

private struct Text: Model {
  var text = ""
  init() {}
  init(_ text: String) { self.text = text }
  static let fields: [Field<Text>] = [.key("text", \.text)]
}

private struct Embedded: Model {
  var resource = ResourceContents()
  init() {}
  init(_ resource: ResourceContents) { self.resource = resource }
  static let fields: [Field<Embedded>] = [.key("resource", \.resource)]
}

private struct Common: Model {
  var annotations: Annotations?
  var meta: JSONObject?
  static let fields: [Field<Common>] = [
    .optional("annotations", \.annotations), .optional("_meta", \.meta),
  ]
}

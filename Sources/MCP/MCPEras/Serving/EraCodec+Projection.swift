package import JSON
package import MCPProtocol

/// A member of a listed item, and the feature that brought it.
private struct LateMember {
  let key: String
  let feature: Feature
}

private let lateMembers: [LateMember] = [
  .init(key: "annotations", feature: .toolAnnotations), .init(key: "title", feature: .titles),
  .init(key: "_meta", feature: .titles), .init(key: "outputSchema", feature: .structuredOutput),
  .init(key: "icons", feature: .icons), .init(key: "execution", feature: .coreTasks),
]

extension EraCodec {
  /// A tool as the revision lists it.
  package func listed(_ tool: Tool) -> JSON {
    var object = listed(tool.json.object ?? JSONObject())
    if let schema = tool.outputSchema, wrapsOutput(of: schema), object["outputSchema"] != nil {
      object["outputSchema"] = OutputWrap.schema(schema)
    }
    return .object(object)
  }

  package func listed(_ prompt: Prompt) -> JSON {
    .object(listed(prompt.json.object ?? JSONObject()))
  }

  /// Annotations of resources are older than those of tools.
  package func listed(resource members: JSONObject) -> JSON {
    var object = listed(members)
    if let annotations = members["annotations"] { object["annotations"] = annotations }
    return .object(object)
  }

  private func listed(_ members: JSONObject) -> JSONObject {
    var object = members
    for member in lateMembers where !features.has(member.feature) {
      object[member.key] = Optional.none
    }
    return object
  }

  /// Whether structured output by that schema has to be put into an object here.
  package func wrapsOutput(of schema: JSON) -> Bool {
    !features.has(.anyStructuredOutput) && schema["type"] != "object"
  }

  /// A tool's result in the words of the revision. `schema` is the tool's own for its output.
  package func body(of result: ToolResult, schema: JSON?) -> JSONObject {
    let content = JSON.array(result.content.map { projected($0.raw) })
    var body = JSONObject(members: [.init(key: "content", value: content)])
    if let structured = result.structuredContent, features.has(.structuredOutput) {
      let isPlain = features.has(.anyStructuredOutput) || structured.object != nil
      let wraps = schema.map(wrapsOutput) ?? !isPlain
      body["structuredContent"] = wraps ? ["result": structured] : structured
    }
    if result.isError == true { body["isError"] = true }
    if let meta = result.meta { body["_meta"] = .object(meta) }
    return body
  }

  /// A content block, or words in its place where the revision does not know its type.
  package func projected(_ block: JSON) -> JSON {
    switch block["type"]?.string {
    case "audio" where !features.has(.audio):
      .object(["type": "text", "text": .string("[audio: \(block["mimeType"]?.string ?? "")]")])
    case "resource_link" where !features.has(.resourceLinks):
      .object(["type": "text", "text": .string(block["uri"]?.string ?? "")])
    default: block
    }
  }
}

/// Puts a value that is no object into one, for revisions that know only objects.
private enum OutputWrap {
  static func schema(_ schema: JSON) -> JSON {
    [
      "type": "object", "properties": ["result": moved(schema, depth: 0)],
      "required": ["result"],
    ]
  }

  private static let deepest = 64

  /// References into the document follow it to its new place.
  private static func moved(_ json: JSON, depth: Int) -> JSON {
    guard depth < deepest else { return json }
    switch json {
    case .array(let elements): return .array(elements.map { moved($0, depth: depth + 1) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { ($0.key, reference($0) ?? moved($0.value, depth: depth + 1)) }))
    default: return json
    }
  }

  private static func reference(_ member: JSONObject.Member) -> JSON? {
    guard member.key == "$ref", let target = member.value.string else { return nil }
    guard target == "#" || target.hasPrefix("#/") else { return nil }
    return .string("#/properties/result" + target.dropFirst())
  }
}

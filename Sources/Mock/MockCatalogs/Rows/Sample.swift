import EventLoop
package import JSON
import JSONSchema
package import MockBackend

/// What stands in an example of a call, where the schema's own example would not do.
package enum Sample: Sendable {
  case value(JSON)
  /// A column of the first record that fits.
  case record(Entity, String, Filter)
  /// The id of the first record that fits, as a list.
  case list(Entity, Filter)

  static func id(_ entity: Entity, _ filter: Filter = Filter()) -> Sample {
    .record(entity, "id", filter)
  }

  @LoopActor
  func value(in world: World) throws(WorldError) -> JSON {
    switch self {
    case .value(let value): value
    case .record(let entity, let column, let filter):
      .string(try world.store.first(entity, filter)?.text(column) ?? "")
    case .list(let entity, let filter):
      .array([.string(try world.store.first(entity, filter)?.id ?? "")])
    }
  }
}

@LoopActor
extension SystemPlan {
  /// A call that works in a new world: what is required, and what the samples add to it.
  package func example(of row: ToolRow, in world: World) throws(WorldError) -> JSONObject {
    var arguments = JSONObject()
    for member in row.input {
      let own = samples["\(row.name).\(member.key)"]
      guard member.presence == .required || own != nil else { continue }
      let sample = own ?? samples[member.key]
      arguments[member.key] = try sample?.value(in: world) ?? Self.example(of: member.schema.json)
    }
    return arguments
  }

  /// The schema's own example, its default, or the first word of its list.
  private static func example(of schema: JSON) -> JSON {
    if let example = schema["examples"]?[0] ?? schema["default"] ?? schema["enum"]?[0] {
      return example
    }
    switch schema["type"]?.string {
    case "integer", "number": return schema["minimum"] ?? 1
    case "boolean": return true
    case "array": return .array([example(of: schema["items"] ?? [:])])
    case "object":
      let members = schema["properties"]?.object?.members ?? []
      return .object(JSONObject(members.map { ($0.key, example(of: $0.value)) }))
    default: return "text"
    }
  }
}

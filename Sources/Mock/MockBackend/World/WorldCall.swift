import Database
package import EventLoop
package import JSON

/// One thing asked of a world: who asks, for what.
@LoopActor
package struct WorldCall {
  package let world: World
  package let visitor: Visitor
  package let arguments: Arguments

  package init(_ world: World, _ visitor: Visitor, _ arguments: JSONObject = JSONObject()) {
    self.world = world
    self.visitor = visitor
    self.arguments = Arguments(arguments)
  }

  package var store: WorldStore { world.store }
  package var now: WallTime { world.now }
  var nowValue: SQLValue { .integer(now.microseconds) }

  /// The same asked with other arguments.
  package func asking(_ arguments: JSONObject) -> WorldCall {
    WorldCall(world, visitor, arguments)
  }

  // MARK: - Pages

  /// A page of records, as every list answers.
  func page(
    _ key: String, _ entity: Entity, _ filter: Filter, _ show: (Record) throws(WorldError) -> JSON
  ) throws(WorldError) -> JSON {
    let limit = arguments.integer("limit") ?? Self.usualLimit
    let offset = arguments.integer("offset") ?? 0
    var found = try store.records(entity, filter.page(limit + 1, from: offset))
    let hasMore = found.count > limit
    if hasMore { found.removeLast() }
    var items: [JSON] = []
    for record in found { items.append(try show(record)) }
    return [
      (key, .array(items)), ("count", .number(JSONNumber(items.count))),
      ("next_offset", hasMore ? .number(JSONNumber(offset + limit)) : .null),
    ].json
  }

  func page(_ key: String, _ entity: Entity, _ filter: Filter) throws(WorldError) -> JSON {
    try page(key, entity, filter) { .object($0.json) }
  }

  package nonisolated static let usualLimit = 25
}

extension [(String, JSON)] {
  /// The members of an object.
  var json: JSON { .object(JSONObject(self)) }
}

/// What a system does when it is asked by one of its tools.
package typealias WorldDeed = @LoopActor @Sendable (WorldCall) throws(WorldError) -> JSON

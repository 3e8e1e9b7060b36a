import EventLoop
import JSON
import MCPEras
import MCPProtocol

/// The four lists a server answers with.
enum ListKind: String, Hashable, CaseIterable {
  case tools, prompts, resources, resourceTemplates
}

/// Answers to list requests, encoded once for a revision, a page, and those who see the same items.
struct ListCache {
  struct Key: Hashable {
    let kind: ListKind
    let version: ProtocolVersion
    let start: Int
    /// Which items are seen; nil where all are seen by everyone.
    let mask: [Bool]?
  }

  /// Changes with every change of a list, so that a cursor from before is known as such.
  private(set) var generation: [ListKind: Int] = [:]
  private var answers: [Key: [UInt8]] = [:]
  private static let limit = 512

  subscript(key: Key) -> [UInt8]? {
    get { answers[key] }
    set {
      if answers.count >= Self.limit { answers = [:] }
      answers[key] = newValue
    }
  }

  mutating func forget(_ kind: ListKind) {
    generation[kind, default: 0] += 1
    answers = answers.filter { $0.key.kind != kind }
  }
}

extension Server {
  func list(_ call: ClientCall, _ exchange: Exchange) throws(ServerFault) {
    switch call {
    case .listTools(let cursor):
      let codec = exchange.codec
      try list(
        .tools, cursor, exchange, of: registry.tools, visibility: { $0.tool.isVisible },
        encode: { codec.listed($0.tool.definition) })
    case .listPrompts(let cursor):
      let codec = exchange.codec
      try list(
        .prompts, cursor, exchange, of: registry.prompts, visibility: { $0.isVisible },
        encode: { codec.listed($0.definition) })
    case .listResourceTemplates(let cursor):
      let codec = exchange.codec
      try list(
        .resourceTemplates, cursor, exchange, of: registry.templates,
        visibility: { $0.template.isVisible },
        encode: { codec.listed(resource: $0.template.definition.json.object ?? JSONObject()) })
    case .listResources(let cursor): try listResources(cursor, exchange)
    default: throw .internalError("no list")
    }
  }

  private func listResources(_ cursor: String?, _ exchange: Exchange) throws(ServerFault) {
    let codec = exchange.codec
    guard let more = registry.moreResources else {
      return try list(
        .resources, cursor, exchange, of: registry.resources, visibility: { $0.isVisible },
        encode: { codec.listed(resource: $0.definition.json.object ?? JSONObject()) })
    }
    let fixed = registry.resources.filter { $0.isVisible?(exchange.caller) ?? true }
    let handler = Handler<[Resource]>.suspending { [caller = exchange.caller] _ in
      fixed.map(\.definition) + (try await more(caller))
    }
    let start = try self.start(cursor, .resources)
    exchange.run(handler, Invocation(exchange)) { [self] exchange, resources in
      guard Self.isPage(start, of: resources.count) else { return exchange.fail(Self.badCursor) }
      let items = resources.map { codec.listed(resource: $0.json.object ?? JSONObject()) }
      let hints = CachingHints(ttl: 0, scope: .isPrivate)
      exchange.answer(body: page(.resources, items, from: start), hints: hints)
    }
  }

  private func list<Item>(
    _ kind: ListKind, _ cursor: String?, _ exchange: Exchange, of all: [Item],
    visibility: (Item) -> (@Sendable (Caller) -> Bool)?, encode: (Item) -> JSON
  ) throws(ServerFault) {
    let start = try self.start(cursor, kind)
    let rules = all.map(visibility)
    let mask =
      rules.contains { $0 != nil } ? rules.map { $0?(exchange.caller) ?? true } : nil
    let key = ListCache.Key(
      kind: kind, version: exchange.codec.version, start: start, mask: mask)
    if let known = listCache[key] { return exchange.answer(encoded: known) }
    let seen = mask.map { mask in zip(all, mask).filter(\.1).map(\.0) } ?? all
    guard Self.isPage(start, of: seen.count) else { throw Self.badCursor }
    let hints = CachingHints(
      ttl: settings.listLifetime, scope: mask == nil ? .isPublic : .isPrivate)
    let body = page(kind, seen.map(encode), from: start)
    let encoded = exchange.codec.wrap(body, by: signature, hints: hints).compactBytes
    listCache[key] = encoded
    exchange.answer(encoded: encoded)
  }

  private func page(_ kind: ListKind, _ items: [JSON], from start: Int) -> JSONObject {
    let end = settings.pageSize.map { min(start + max($0, 1), items.count) } ?? items.count
    var body: JSONObject = [kind.rawValue: .array(Array(items[min(start, end)..<end]))]
    if end < items.count {
      body["nextCursor"] = .string(self.cursor(kind, end))
    }
    return body
  }

  /// Where the next page begins, in a text that is good for one list, as it is now.
  private func cursor(_ kind: ListKind, _ start: Int) -> String {
    "\(kind.rawValue)-\(listCache.generation[kind] ?? 0)-\(start)"
  }

  private func start(_ cursor: String?, _ kind: ListKind) throws(ServerFault) -> Int {
    guard let cursor else { return 0 }
    guard let start = cursor.split(separator: "-").last.flatMap({ Int($0) }), start > 0,
      cursor == self.cursor(kind, start)
    else { throw Self.badCursor }
    return start
  }

  /// A list that is empty has a first page all the same.
  private static func isPage(_ start: Int, of count: Int) -> Bool { start == 0 || start < count }

  static let badCursor = ServerFault.invalidParams(
    "the cursor is none of this list, or the list has changed")
}

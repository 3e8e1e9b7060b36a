package import JSON
package import MCPEras
package import MCPProtocol
import Transports

extension Session {
  package func listTools(
    _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Listing<Tool> {
    let tools: Listing<Tool> = try await list("tools", options) { .listTools(cursor: $0) }
    remember(tools.values)
    return tools
  }

  package func listResources(
    _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Listing<Resource> {
    try await list("resources", options) { .listResources(cursor: $0) }
  }

  package func listResourceTemplates(
    _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Listing<ResourceTemplate> {
    try await list("resourceTemplates", options) { .listResourceTemplates(cursor: $0) }
  }

  package func listPrompts(
    _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Listing<Prompt> {
    try await list("prompts", options) { .listPrompts(cursor: $0) }
  }

  /// The tasks the server knows, where the revision lets it tell.
  package func listTasks(
    _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Listing<JSON> {
    try await list("tasks", options) { .listTasks(cursor: $0) }
  }

  /// Why a tool must not be called over this transport; empty for a tool that may.
  package func faults(of tool: Tool) -> [MirrorFault] {
    guard mirrorsHeaders else { return [] }
    return MirrorPlan(schema: tool.inputSchema).faults
  }

  private var mirrorsHeaders: Bool {
    features.has(.headerMirroring) && kind == .streamableHTTP
  }

  private func list<Item: PeerValue>(
    _ key: String, _ options: CallOptions, _ page: (String?) -> ClientCall
  ) async throws(ClientError) -> Listing<Item> {
    var listing = Listing<Item>()
    var walk = PageWalk(method: page(nil).method ?? key, limits: settings.lists)
    var cursor: String?
    while true {
      let answer: Answer
      do throws(ClientError) {
        answer = try await call(page(cursor), options)
        try check(answer.result, walk.method)
      } catch {
        // What came before is not lost with the page that did not.
        guard listing.pages > 0, error.reason != .cancelled else { throw error }
        listing.failure = error
        return listing
      }
      let read = ListPage<Item>(answer.result, items: key)
      find(read.issues, in: walk.method)
      listing.append(read, answer.text?.member(key))
      listing.bytes += answer.bytes
      switch walk.next(after: read.nextCursor, itemsOnPage: read.items.count) {
      case .page(let next): cursor = next
      case .end(let finding):
        listing.cutShort = finding
        if let finding { find(finding) }
        return listing
      }
    }
  }

  /// What is no page at all must not pass for an empty list.
  private func check(_ result: JSON, _ method: String) throws(ClientError) {
    guard result.object == nil else { return }
    let issue = ModelIssue(
      pointer: "", problem: .wrongType(expected: "an object", found: result.kindInWords))
    throw ClientError(.invalidResult([issue], raw: result), .init(method: method))
  }

  private func remember(_ tools: [Tool]) {
    toolSchemas = Dictionary(tools.map { ($0.name, $0.inputSchema ?? .null) }) { first, _ in first }
    for tool in tools {
      let faults = faults(of: tool)
      if !faults.isEmpty { find(.toolRejected(name: tool.name, faults)) }
    }
  }
}

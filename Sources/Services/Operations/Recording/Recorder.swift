package import EventLoop
package import JSON
import MCPProtocol

/// Records a connected server: its lists, and what it answers to what is asked.
@LoopActor
package final class Recorder {
  private let connection: Connection
  package private(set) var recording: ServerRecording
  /// What could not be recorded, a sentence each.
  package private(set) var gaps: [String] = []

  package init(_ connection: Connection) {
    self.connection = connection
    let facts = connection.facts
    recording = ServerRecording(
      server: facts.server?.json ?? .null, instructions: facts.instructions,
      target: facts.target, version: facts.version.rawValue)
  }

  /// Everything that the server lists, each list as one page.
  package func recordLists() async throws(OperationFailure) {
    for list in CatalogList.allCases {
      let capability = list == .templates ? CatalogList.resources : list
      guard connection.facts.capabilities[capability.rawValue]?.object != nil else { continue }
      do throws(OperationFailure) {
        let report = try await connection.list(list)
        keep(list.method, [:], .result(report.json))
      } catch {
        guard error.kind == .protocolError else { throw error }
        gaps.append(error.sentence)
      }
    }
  }

  /// What can be asked without changing anything and without a word of a person: tools that say that they only read,
  /// resources, and prompts, as far as they need no arguments.
  package func recordHarmless() async throws(OperationFailure) {
    for tool in items(.tools) where tool.isHarmless {
      try await call(tool["name"]?.string ?? "", [:])
    }
    for resource in items(.resources) { try await read(resource["uri"]?.string ?? "") }
    for prompt in items(.prompts) {
      let arguments = prompt["arguments"]?.array ?? []
      guard !arguments.contains(where: { $0["required"] == true }) else { continue }
      try await get(prompt["name"]?.string ?? "", [:])
    }
  }

  package func call(_ name: String, _ arguments: JSON) async throws(OperationFailure) {
    let schema = items(.tools).first { $0["name"]?.string == name }?["inputSchema"]
    try await record("tools/call", ["name": .string(name), "arguments": arguments]) {
      [connection] () async throws(OperationFailure) in
      try await connection.callTool(name, arguments, schema: schema)
    }
  }

  package func read(_ uri: String) async throws(OperationFailure) {
    try await record("resources/read", ["uri": .string(uri)]) {
      [connection] () async throws(OperationFailure) in
      try await connection.readResource(uri)
    }
  }

  package func get(_ name: String, _ arguments: JSONObject) async throws(OperationFailure) {
    try await record("prompts/get", ["name": .string(name), "arguments": .object(arguments)]) {
      [connection] () async throws(OperationFailure) in
      try await connection.getPrompt(name, arguments)
    }
  }

  /// The schema of a tool as it was listed.
  package func schema(of tool: String) -> JSON? {
    items(.tools).first { $0["name"]?.string == tool }?["inputSchema"]
  }

  /// An error of the protocol is an answer, too; a server that is gone ends it.
  private func record(
    _ method: String, _ params: JSON,
    _ ask: @LoopActor () async throws(OperationFailure) -> CallReport
  ) async throws(OperationFailure) {
    do throws(OperationFailure) {
      keep(method, params, .result(try await ask().result))
    } catch {
      guard let answer = error.details["error"] else { throw error }
      keep(method, params, .error(answer))
    }
  }

  private func keep(_ method: String, _ params: JSON, _ answer: ServerRecording.Answer) {
    recording.exchanges.append(.init(method, params, answer))
  }

  private func items(_ list: CatalogList) -> [JSON] { recording.items(list) }
}

extension ServerRecording {
  /// The items of a list as they were recorded.
  func items(_ list: CatalogList) -> [JSON] {
    exchanges.lazy.filter { $0.method == list.method }.compactMap { exchange -> [JSON]? in
      guard case .result(let result) = exchange.answer else { return nil }
      return result[list.member]?.array
    }.first ?? []
  }
}

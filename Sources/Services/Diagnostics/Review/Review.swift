package import EventLoop
import JSON
package import Operations
package import Settings

/// The review of one connected server: what it lists, what its tools answer, what it does with questions that nobody
/// should ask.
@LoopActor
package struct Review {
  private let connection: Connection
  private let others: [(server: String, tools: Set<String>)]
  /// Tools that may be called besides those that say they only read.
  private let allowed: [String]

  package init(
    _ connection: Connection, others: [(server: String, tools: Set<String>)], allowed: [String]
  ) {
    self.connection = connection
    self.others = others
    self.allowed = allowed
  }

  /// What other servers than that one were seen to offer.
  package static func others(
    than target: String, of servers: [ServerDefinition], seenIn folder: String?
  ) -> [(server: String, tools: Set<String>)] {
    guard let folder else { return [] }
    return servers.compactMap { server in
      let shown = server.shown(revealing: false)
      guard (shown.url ?? shown.words.joined(separator: " ")) != target else { return nil }
      let seen = SeenFile(stateFolder: folder, definition: server).read()?.items[.tools] ?? []
      return seen.isEmpty ? nil : (server: server.name, tools: Set(seen.map(\.name)))
    }
  }

  package func run() async throws(OperationFailure) -> [Finding] {
    let snapshot = try await connection.snapshot()
    let tools = try await whole(.tools, snapshot)
    let reviewed = Reviewed(
      tools: tools, prompts: snapshot.lists[.prompts] ?? [], others: others)
    return await ReviewRule.review(reviewed) + outputs(tools) + probes()
  }

  private func whole(
    _ list: CatalogList, _ snapshot: CatalogSnapshot
  ) async throws(OperationFailure) -> [JSON] {
    guard snapshot.lists[list] != nil else { return [] }
    return try await connection.list(list).items
  }

  // MARK: - Answers

  private static let mostCalls = 5

  private func outputs(_ tools: [JSON]) async -> [Finding] {
    let callable = tools.filter { tool in
      tool.isHarmless || allowed.contains(tool["name"]?.string ?? "")
    }
    var found: [Finding] = []
    for tool in callable.prefix(max(Self.mostCalls, allowed.count)) {
      let name = tool["name"]?.string ?? ""
      do throws(OperationFailure) {
        let report = try await connection.callTool(name, [:], schema: tool["inputSchema"])
        found += Check.findings(on: report, of: tool, name)
      } catch {
        found.append(
          Finding(.warning, "call-failed", check: "call", error.sentence, fix: error.hint))
      }
    }
    return found
  }

  // MARK: - Questions nobody should ask

  private func probes() async -> [Finding] {
    await [
      probe("alidade/no-such-method", [:], expecting: ["rpc-32601"]),
      probe("tools/list", ["cursor": "alidade-no-such-cursor"], expecting: ["rpc-32602"]),
    ].compactMap { $0 }
  }

  private func probe(_ method: String, _ params: JSON, expecting codes: [String]) async -> Finding?
  {
    do throws(OperationFailure) {
      _ = try await connection.raw(method, params)
      return Finding(
        .warning, "probe-accepted", check: "protocol",
        "\(method) with \(params.compact) is answered as if it were right",
        fix: "answer with an error: \(codes.joined(separator: " or "))")
    } catch {
      let reason = error.details["reason"]?.string ?? ""
      guard !codes.contains(reason) else { return nil }
      return Finding(
        .note, "probe-other-error", check: "protocol",
        "\(method) with \(params.compact) is refused by \(reason), not by \(codes.joined(separator: " or "))",
        evidence: [.init("answer", error.sentence)])
    }
  }
}

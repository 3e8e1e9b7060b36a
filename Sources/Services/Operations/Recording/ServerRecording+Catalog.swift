import EventLoop
import JSON
import MCPProtocol
import MCPServer

/// Answers as they were recorded, found by method and parameters. What was asked several times is answered in turn,
/// the last answer from then on.
@LoopActor
final class RecordedAnswers {
  private var answers: [String: [ServerRecording.Answer]] = [:]
  private var turns: [String: Int] = [:]
  /// How often each thing was recorded with other arguments, for the one who asks in vain.
  private var others: [String: Int] = [:]

  init(_ recording: ServerRecording) {
    for exchange in recording.exchanges {
      answers[Self.key(exchange.method, exchange.params), default: []].append(exchange.answer)
      others[Self.subject(exchange.method, exchange.params), default: 0] += 1
    }
  }

  /// The recorded result; an error that was recorded is thrown as it was.
  func result(_ method: String, _ params: JSON) throws(ProtocolFailure) -> JSON {
    let key = Self.key(method, params)
    guard let known = answers[key], !known.isEmpty else { throw missing(method, params) }
    let turn = turns[key, default: 0]
    turns[key] = turn + 1
    switch known[min(turn, known.count - 1)] {
    case .result(let result): return result
    case .error(let error):
      throw ProtocolFailure(
        code: error["code"]?.int ?? -32603, message: error["message"]?.string ?? "",
        data: error["data"])
    }
  }

  private func missing(_ method: String, _ params: JSON) -> ProtocolFailure {
    let subject = Self.subject(method, params)
    let count = others[subject] ?? 0
    let often = count == 1 ? "once" : "\(count) times"
    let more = count == 0 ? "nothing of it was" : "with other arguments it was, \(often)"
    return ProtocolFailure(
      code: -32602, message: "\(subject) was not recorded like that; \(more)",
      data: ["params": params])
  }

  /// Members in whatever order, and no arguments like empty ones, are the same question.
  private static func key(_ method: String, _ params: JSON) -> String {
    var params = params.object ?? [:]
    if params["arguments"]?.object?.isEmpty == true || params["arguments"] == .null {
      params["arguments"] = nil
    }
    params["_meta"] = nil
    return "\(method) \(JSON.object(params).ordered.compact)"
  }

  private static func subject(_ method: String, _ params: JSON) -> String {
    let name = params["name"]?.string ?? params["uri"]?.string
    return [method, name].compactMap(\.self).joined(separator: " ")
  }
}

extension JSON {
  /// With the members of every object in the order of their names.
  fileprivate var ordered: JSON {
    switch self {
    case .object(let object):
      .object(
        JSONObject(
          members: object.members.sorted { $0.key < $1.key }.map {
            .init(key: $0.key, value: $0.value.ordered)
          }))
    case .array(let items): .array(items.map(\.ordered))
    default: self
    }
  }
}

extension ServerRecording {
  /// The server again, as far as it was recorded.
  @LoopActor
  func catalog() -> Catalog {
    let answers = RecordedAnswers(self)
    return Catalog(
      info: Decoded<Implementation>(server).value ?? Implementation(name: target, version: ""),
      instructions: instructions, tools: tools(answers),
      resources: resources(answers), templates: templates(answers), prompts: prompts(answers))
  }

  @LoopActor
  private func tools(_ answers: RecordedAnswers) -> [ServerTool] {
    items(.tools).compactMap { Decoded<Tool>($0).value }.map { tool in
      ServerTool(
        tool,
        answer: { invocation in
          let result = try answers.result(
            "tools/call", ["name": .string(tool.name), "arguments": .object(invocation.arguments)])
          return Decoded<ToolResult>(result).value ?? ToolResult()
        })
    }
  }

  @LoopActor
  private func resources(_ answers: RecordedAnswers) -> [ServerResource] {
    let listed = items(.resources).compactMap { Decoded<Resource>($0).value }
    let known = Set(listed.map(\.uri))
    // What was read without being listed, by a template or by chance, is there under its own address.
    let read = exchanges.filter { $0.method == "resources/read" }
      .compactMap { $0.params["uri"]?.string }
    let unlisted = Set(read).subtracting(known)
    return listed.map { resource in
      ServerResource(resource, answer: { _ in try Self.contents(resource.uri, answers) })
    }
      + unlisted.sorted().map { uri in
        var resource = Resource()
        resource.uri = uri
        resource.name = uri
        return ServerResource(resource, answer: { _ in try Self.contents(uri, answers) })
      }
  }

  @LoopActor
  private func templates(_ answers: RecordedAnswers) -> [ServerTemplate] {
    items(.templates).compactMap { Decoded<ResourceTemplate>($0).value }.map { template in
      ServerTemplate(template) { invocation in try Self.contents(invocation.uri, answers) }
    }
  }

  @LoopActor
  private static func contents(
    _ uri: String, _ answers: RecordedAnswers
  ) throws -> [ResourceContents] {
    let result = try answers.result("resources/read", ["uri": .string(uri)])
    return Decoded<ReadResult>(result).value?.contents.compactMap(\.value) ?? []
  }

  @LoopActor
  private func prompts(_ answers: RecordedAnswers) -> [ServerPrompt] {
    items(.prompts).compactMap { Decoded<Prompt>($0).value }.map { prompt in
      ServerPrompt(prompt) { invocation in
        let result = try answers.result(
          "prompts/get",
          ["name": .string(prompt.name), "arguments": .object(invocation.arguments)])
        return Decoded<PromptResult>(result).value ?? PromptResult([])
      }
    }
  }
}

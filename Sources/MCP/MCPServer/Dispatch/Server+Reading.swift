import EventLoop
import JSON
import MCPEras
import MCPProtocol

extension Server {
  func readResource(_ uri: String, _ exchange: Exchange) throws(ServerFault) {
    exchange.begin(.resource, uri, isMutating: false, arguments: nil)
    guard let reader = registry.reader(of: uri, for: exchange.caller) else {
      throw .resourceMissing(uri: uri)
    }
    guard allows(.resource, uri, reader.scopes, exchange) else { return }
    if let served = exchange.call { try exchange.inputs.load(served, exchange) }
    var invocation = Invocation(exchange)
    invocation.uri = uri
    invocation.variables = reader.variables
    exchange.run(reader.handler, invocation) { exchange, contents in
      var result = ReadResult()
      result.contents = contents.map(Decoded.init(of:))
      exchange.answer(body: result.json.object ?? JSONObject(), hints: reader.hints)
    }
  }

  func getPrompt(
    _ name: String, _ arguments: JSONObject?, _ exchange: Exchange
  ) throws(ServerFault) {
    exchange.begin(.prompt, name, isMutating: false, arguments: arguments.map(JSON.object))
    guard let prompt = registry.prompt(name, for: exchange.caller) else {
      throw .invalidParams("there is no prompt \"\(name)\"")
    }
    guard allows(.prompt, name, prompt.scopes, exchange) else { return }
    let given = arguments ?? JSONObject()
    try check(given, against: prompt.definition)
    if let served = exchange.call { try exchange.inputs.load(served, exchange) }
    exchange.run(prompt.handler, Invocation(exchange, arguments: given)) { exchange, result in
      var body = result.json.object ?? JSONObject()
      body["messages"] = .array((body["messages"]?.array ?? []).map(exchange.projected))
      exchange.answer(body: body)
    }
  }

  private func allows(
    _ kind: InvocationKind, _ name: String, _ scopes: [String], _ exchange: Exchange
  ) -> Bool {
    let need = AccessNeed(kind: kind, name: name, scopes: scopes, isMutating: false)
    guard case .denied(let refusal) = gate.judge(exchange.caller, need) else { return true }
    exchange.deny(refusal)
    return false
  }

  private func check(_ given: JSONObject, against prompt: Prompt) throws(ServerFault) {
    for member in given.members where member.value.string == nil {
      throw .invalidParams("the argument \"\(member.key)\" is not a string")
    }
    for argument in prompt.arguments ?? [] {
      guard let argument = argument.value, argument.isRequired == true else { continue }
      if given[argument.name] == nil {
        throw .invalidParams("the argument \"\(argument.name)\" is missing")
      }
    }
  }

  // MARK: - Completion

  func complete(_ call: CompletionCall, _ exchange: Exchange) throws(ServerFault) {
    guard let completer = try completer(of: call, exchange.caller) else {
      return exchange.answer(body: Self.body(of: Completion()))
    }
    switch completer {
    case .fixed(let values):
      exchange.answer(body: Self.body(of: Completion(fixed: values, typed: call.value)))
    case .computed(let propose):
      let question = CompletionQuestion(
        value: call.value, context: call.context, caller: exchange.caller)
      let handler = Handler<[String]>.suspending { _ in try await propose(question) }
      exchange.run(handler, Invocation(exchange)) { exchange, values in
        exchange.answer(body: Self.body(of: Completion(of: values)))
      }
    }
  }

  private func completer(
    of call: CompletionCall, _ caller: Caller
  ) throws(ServerFault) -> Completer? {
    switch call.reference {
    case .prompt(let name):
      guard let prompt = registry.prompt(name, for: caller) else {
        throw .invalidParams("there is no prompt \"\(name)\"")
      }
      return prompt.completers[call.argument]
    case .resource(let uri):
      let found = registry.templates.first { $0.template.definition.uriTemplate == uri }
      guard let found else { throw .invalidParams("there is no template \"\(uri)\"") }
      return found.template.completers[call.argument]
    }
  }

  private static func body(of completion: Completion) -> JSONObject {
    ["completion": completion.json]
  }
}

extension Exchange {
  /// A prompt's message with a content block its revision knows.
  fileprivate func projected(_ message: JSON) -> JSON {
    guard var object = message.object, let content = object["content"] else { return message }
    object["content"] = codec.projected(content)
    return .object(object)
  }
}

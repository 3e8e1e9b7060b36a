import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension Exchange {
  func begin(_ kind: InvocationKind, _ name: String, isMutating: Bool, arguments: JSON?) {
    invocation = InvocationRecord(
      kind: kind, name: name, isMutating: isMutating, arguments: arguments,
      began: server.clock.now, time: server.clock.wallTime)
  }

  /// Runs a handler; what it returns or throws becomes the answer.
  func run<Output: Sendable>(
    _ handler: Handler<Output>, _ invocation: Invocation,
    then: @escaping @LoopActor (Exchange, Output) -> Void
  ) {
    switch handler {
    case .immediate(let body):
      do { then(self, try body(invocation)) } catch { stop(error) }
    case .suspending(let body): suspend(body, invocation, then: then)
    case .either(let first, let body):
      do {
        if let output = try first(invocation) { return then(self, output) }
      } catch { return stop(error) }
      suspend(body, invocation, then: then)
    }
  }

  private func suspend<Output: Sendable>(
    _ body: @escaping @LoopActor (Invocation) async throws -> Output, _ invocation: Invocation,
    then: @escaping @LoopActor (Exchange, Output) -> Void
  ) {
    if sink.isHTTP {
      patience = server.clock.timer(after: server.settings.patience) { [sink] in sink.hold() }
    }
    work = Task { [self] in
      do { then(self, try await body(invocation)) } catch { stop(error) }
    }
  }

  /// Ends by what a handler threw.
  func stop(_ error: any Error) {
    if let task { return task.stop(error) }
    if let fault = ServerFault(thrown: error) { return fail(telling: fault) }
    switch error {
    case let needed as InputNeeded: ask(needed)
    case let failure as ToolFailure: fail(saying: failure.text)
    case is CancellationError: fail(saying: "the call was cancelled")
    default: fail(saying: "\(error)")
    }
  }

  /// What the client cannot do is told in a tool's result where the revision has no error for it.
  private func fail(telling fault: ServerFault) {
    guard case .missingCapability(let needed) = fault, features.has(.serverRequests),
      invocation?.kind == .tool
    else { return fail(fault) }
    fail(saying: "the client has not declared \(needed.keys.joined(separator: ", "))")
  }

  private func fail(saying text: String) {
    guard invocation?.kind == .tool else { return fail(.internalError(text)) }
    finish(.failure(text), schema: nil)
  }

  /// A tool's result as the answer.
  func finish(_ result: ToolResult, schema: JSON?) {
    let body = codec.body(of: result, schema: schema)
    let failed = result.isError == true
    answer(
      codec.wrap(body, by: server.signature),
      failed ? .toolFailed(result.plainText) : .succeeded)
  }

  private func ask(_ needed: InputNeeded) {
    let state = inputs.sealed(for: self)
    answer(
      codec.inputRequired(needed.questions, state: state, by: server.signature), .asked)
  }
}

extension Exchange {
  /// An invocation that was refused before anybody knew what it asks for is one all the same.
  func beginUnread() {
    guard invocation == nil, let tried = TriedInvocation(request) else { return }
    begin(tried.kind, tried.name, isMutating: tried.isMutating, arguments: tried.arguments)
  }
}

extension Server {
  /// Puts down an invocation that never came as far as an exchange; anything else leaves no trace.
  func logUnserved(_ request: RPCRequest, _ caller: Caller, _ fault: ServerFault) {
    guard let tried = TriedInvocation(request) else { return }
    let error = fault.error()
    let event = InvocationEvent(
      time: clock.wallTime, caller: caller, kind: tried.kind, name: tried.name,
      isMutating: tried.isMutating, arguments: tried.arguments,
      outcome: .failed(code: error.code?.rawValue ?? 0, message: error.message),
      duration: .zero, requestID: request.id.description, session: nil, traceparent: nil,
      client: nil, version: "")
    // The answer has left already: it tells nothing of any tool.
    log.record(event) { _ in }
  }
}

/// What a request would have invoked, as far as it can be read.
private struct TriedInvocation {
  let kind: InvocationKind
  let name: String
  let arguments: JSON?
  var isMutating: Bool { kind == .tool }

  private static let rows: [String: (kind: InvocationKind, name: String)] = [
    "tools/call": (.tool, "name"), "resources/read": (.resource, "uri"),
    "prompts/get": (.prompt, "name"),
  ]

  /// Nil for a request that invokes nothing.
  init?(_ request: RPCRequest) {
    guard let row = Self.rows[request.method] else { return nil }
    kind = row.kind
    name = request.params?[row.name]?.string ?? ""
    arguments = request.params?["arguments"]
  }
}

extension ServerFault {
  /// The protocol error that a handler meant; nil where it meant none.
  init?(thrown error: any Error) {
    switch error {
    case let fault as ServerFault: self = fault
    case let missing as ResourceMissing: self = .resourceMissing(uri: missing.uri)
    case let failure as ProtocolFailure:
      self = .own(
        RPCError(
          code: RPCErrorCode(rawValue: failure.code), message: failure.message, data: failure.data))
    default: return nil
    }
  }
}

extension ToolResult {
  /// The text blocks alone.
  var plainText: String {
    content.compactMap { if case .text(let text) = $0.value?.kind { text } else { nil } }
      .joined(separator: "\n")
  }
}

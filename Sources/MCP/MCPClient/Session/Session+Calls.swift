import EventLoop
import JSON
import JSONRPC
package import MCPEras
import MCPProtocol

extension Session {
  /// Makes a call and sees it through: input the server asks for, tasks it becomes, a session it lost.
  package func call(
    _ call: ClientCall, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> Answer {
    var context = callContext(options)
    var issues: [ModelIssue] = []
    var rounds = 0
    var bytes = 0
    while true {
      let reply = try await attempt(call, context, options)
      issues += reply.received.issues
      bytes += reply.bytes
      switch reply.received.result {
      case .complete(let result):
        return Answer(
          result: result, text: reply.text, issues: issues, rounds: rounds, bytes: bytes)
      case .task(let task):
        let outcome = try await see(task, through: call, reply, options)
        return Answer(
          result: outcome?.result ?? reply.raw, text: outcome?.text ?? reply.text, task: task,
          issues: issues, rounds: rounds, bytes: bytes)
      case .inputRequired(let round):
        rounds += 1
        guard rounds <= settings.maxRounds else {
          throw ClientError(.tooManyRounds(settings.maxRounds), .init(method: call.method))
        }
        context.inputResponses = try await answers(to: round, number: rounds, of: call)
        context.requestState = round.state
      }
    }
  }

  /// One request and its reply.
  struct Reply {
    let id: RPCID
    let raw: JSON
    let received: ReceivedResult
    /// What brought it.
    let frame: [UInt8]

    var bytes: Int { frame.count }
    var text: JSONText { JSONText(frame).member("result") }
  }

  func callContext(_ options: CallOptions) -> CallContext {
    CallContext(
      client: settings.client, features: settings.features, logLevel: logLevel,
      meta: options.meta)
  }

  /// Sends the request; again only where the first one certainly did nothing or may safely be repeated.
  func attempt(
    _ call: ClientCall, _ context: CallContext, _ options: CallOptions
  ) async throws(ClientError) -> Reply {
    try await revive(for: call)
    let sentIn = generation
    do {
      return try await signedIn(call, context, options)
    } catch {
      if let repaired = try await repaired(call, after: error) {
        return try await once(repaired, context, options)
      }
      guard let loss = loss(by: error) else { throw error }
      guard isIdempotent(call) else { throw try await unrepeated(error, loss, sentIn) }
      do throws(ClientError) {
        try await reopen(unless: sentIn, after: loss)
      } catch let failed {
        // Of a process that cannot be started again either, the first death is the cause.
        guard case .process = loss else { throw failed }
        throw error
      }
      return try await once(call, context, options)
    }
  }

  /// A refusal for want of credentials is met with better ones, a bounded number of times.
  private func signedIn(
    _ call: ClientCall, _ context: CallContext, _ options: CallOptions
  ) async throws(ClientError) -> Reply {
    var signIns = 0
    while true {
      do {
        return try await once(call, context, options)
      } catch {
        guard let authorize, signIns < Connector.signInLimit, !isSessionLoss(error),
          case .refused(let refusal) = error.reason, var challenge = refusal.challenge
        else { throw error }
        signIns += 1
        if case .callTool(let tool) = call { challenge.tool = tool.name }
        try await authorize(challenge)
      }
    }
  }

  private func once(
    _ call: ClientCall, _ context: CallContext, _ options: CallOptions
  ) async throws(ClientError) -> Reply {
    var context = context
    let id = channel.upcoming
    context.progressToken = id.json
    let encoded = try encode(call, context)
    options.onSent?(id)
    progressListeners[id] = options.onProgress
    defer { progressListeners[id] = nil }
    let limits = options.limits ?? settings.limits
    let answer = await channel.exchange(encoded, limits: limits)
    let raw = try answer.outcome.get()
    var received = try read(raw, call, encoded.method, id)
    if case .complete(let result) = received.result {
      received.issues += AnswerShape.of(encoded.method)?.issues(of: result) ?? []
    }
    find(received.issues, in: encoded.method)
    return Reply(id: id, raw: raw, received: received, frame: answer.frame)
  }

  private func encode(
    _ call: ClientCall, _ context: CallContext
  ) throws(ClientError) -> EncodedCall {
    switch channel.codec.encode(call, context) {
    case .ok(let encoded): return encoded
    case .notInEra(let method):
      throw ClientError(.notInEra(channel.codec.version), .init(method: method))
    case .invalid(let issues):
      throw ClientError(.invalidResult(issues, raw: .null), .init(method: call.method))
    }
  }

  private func read(
    _ raw: JSON, _ call: ClientCall, _ method: String, _ id: RPCID
  ) throws(ClientError) -> ReceivedResult {
    switch channel.codec.read(raw, of: call) {
    case .ok(let received): return received
    case .notInEra: return ReceivedResult(result: .complete(raw))
    case .invalid(let issues):
      throw ClientError(.invalidResult(issues, raw: raw), .init(method: method, id: id))
    }
  }

  private func isIdempotent(_ call: ClientCall) -> Bool {
    guard let method = call.method else { return true }
    return MethodTable.row(method, in: features.version)?.isIdempotent ?? false
  }

  /// The error of a call that must not be made twice. A lost session is opened anew for the calls that follow; a
  /// process that has died is started again only when there is one.
  private func unrepeated(
    _ error: ClientError, _ loss: Loss, _ sentIn: Int
  ) async throws(ClientError) -> ClientError {
    var error = error
    switch loss {
    case .session:
      try await reopen(unless: sentIn, after: loss)
      error.reason = .sessionLost
    case .process: error.context.isOutcomeUnknown = true
    }
    return error
  }

  /// The headers of a tool call disagreed with the server's newest schema: list the tools again, then once more.
  private func repaired(
    _ call: ClientCall, after error: ClientError
  ) async throws(ClientError) -> ClientCall? {
    guard case .callTool(var tool) = call, case .rpc(let rpc) = error.reason,
      ErrorMeaning(rpc) == .headerMismatch, features.has(.headerMirroring)
    else { return nil }
    find(.headersRefused(tool: tool.name))
    _ = try await listTools()
    tool.inputSchema = toolSchemas[tool.name]
    return .callTool(tool)
  }
}

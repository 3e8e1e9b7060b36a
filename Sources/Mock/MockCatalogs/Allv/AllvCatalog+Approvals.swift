import EventLoop
import JSON
import MCPProtocol
import MCPServer
import MockBackend

extension AllvCatalog {
  /// How long a call waits for a person before it comes back undecided.
  private static let patience = Duration.seconds(600)

  /// Does what was asked once a person agrees. What could not be done anyway is told before anybody is asked.
  @LoopActor
  static func approved(
    _ tool: String, _ invocation: Invocation, _ desk: SystemDesk, _ summary: (JSONObject) -> String
  ) async throws -> ToolResult {
    var arguments = invocation.arguments
    let waits = arguments["wait"]?.bool ?? true
    arguments["wait"] = nil
    try desk.rehearse(tool, arguments, invocation.caller)
    let asked = try desk.approvals.ask(
      system: "allv", member: invocation.caller.claims["user"] ?? invocation.caller.principal,
      tool: tool, summary: summary(arguments), arguments: .object(arguments))
    let note: JSONObject = [
      "tool": .string(tool), "summary": .string(asked.summary), "approval_id": .string(asked.id),
    ]
    _ = try await desk.ask("run_waiting", note, invocation.caller)
    arguments["approval_id"] = .string(asked.id)
    guard waits else {
      let caller = invocation.caller
      Task { [arguments] in
        // Nobody listens any more: the run itself shows how it ended.
        _ = try? await finish(tool, asked.id, arguments, note, caller, desk)
      }
      return .structured([
        "status": "waiting_for_approval", "approval_id": .string(asked.id), "result": .null,
      ])
    }
    invocation.status("waiting for approval \(asked.id)")
    return .structured(
      try await finish(tool, asked.id, arguments, note, invocation.caller, desk) {
        invocation.progress($0, of: nil, "waiting for approval \(asked.id)")
      })
  }

  @LoopActor
  private static func finish(
    _ tool: String, _ id: String, _ arguments: JSONObject, _ note: JSONObject, _ caller: Caller,
    _ desk: SystemDesk, tell: @LoopActor (Double) -> Void = { _ in }
  ) async throws -> JSON {
    var glances = 0
    let decided: Approval
    do {
      decided = try await desk.approvals.decision(on: id, within: patience) {
        // Now and then, so that clients that wait for a word go on waiting.
        if glances % 20 == 0 { tell(Double(glances / 20)) }
        glances += 1
      }
    } catch let error as CancellationError {
      _ = try desk.approvals.decide(
        id, .rejected, by: "the caller", note: "the call was taken back")
      throw error
    }
    switch decided.state {
    case .approved:
      let result = try await desk.ask(tool, arguments, caller)
      return ["status": "done", "approval_id": .string(id), "result": result]
    case .rejected:
      _ = try await desk.ask("run_rejected", note, caller)
      let reason = decided.note.map { ": \($0)" } ?? ""
      throw ToolFailure(
        "\(decided.decidedBy ?? "an operator") rejected \(id)\(reason); nothing was done")
    case .pending: throw ToolFailure("nobody has decided on \(id) yet; nothing was done")
    }
  }
}

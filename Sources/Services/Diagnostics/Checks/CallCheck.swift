import EventLoop
import JSON
import JSONSchema
import Operations

extension Check {
  /// One call that changes nothing: of a tool that says so, else a sign of life.
  static let call: Check = Check("call", "Call") { examination in
    guard let connection = examination.attempt.connection else { return [] }
    guard let tool = examination.tools.first(where: \.isHarmless), let name = tool["name"]?.string
    else { return await withoutTool(connection, examination) }
    let known = examination.attempt.oddities.count
    let outcome = await Deadline.result(examination.limit, on: examination.station.clock) {
      () async throws(OperationFailure) in
      try await connection.callTool(name, [:], schema: tool["inputSchema"])
    }
    switch outcome {
    case .success(let report):
      return findings(on: report, of: tool, name) + slowness(of: report, name)
        + examination.attempt.oddities.dropFirst(known).map {
          Finding(
            .warning, $0.contains("session was lost") ? "session-lost" : "call-oddity",
            check: "call", $0, evidence: [.init("tool", name)],
            fix: lossRemedy
          )
        }
    case .failure(let failure):
      let isLoss = failure.reason == "session-lost"
      return [
        examination.finding(
          .error, isLoss ? failure.reason : "call-failed", "call", of: failure,
          evidence: [.init("tool", name)], fix: isLoss ? lossRemedy : lastRemedy)
      ]
    }
  }

  static let lossRemedy =
    "look whether the server restarts or forgets its sessions: several instances need a shared store"

  private static let lastRemedy = "look at the server's log"

  /// Where no tool can be called without harm, a resource that is listed is read.
  @LoopActor
  private static func withoutTool(
    _ connection: Connection, _ examination: Examination
  ) async -> [Finding] {
    let listed = examination.resources.lazy.compactMap { $0["uri"]?.string }.first
    guard let listed else { return await signOfLife(connection, examination) }
    return await reading(listed, connection, examination)
  }

  @LoopActor
  private static func reading(
    _ uri: String, _ connection: Connection, _ examination: Examination
  ) async -> [Finding] {
    let outcome = await Deadline.result(examination.limit, on: examination.station.clock) {
      () async throws(OperationFailure) in try await connection.readResource(uri)
    }
    let evidence = [Finding.Evidence("resource", uri)]
    switch outcome {
    case .success(let report):
      let time = Finding.Evidence("time", "\(report.duration.roundedMilliseconds) ms")
      return [call.finding(.ok, "a resource that it lists can be read", evidence + [time])]
    case .failure(let failure):
      // One resource may be out of order where the server is not.
      let isItsOwn = failure.kind == .protocolError
      return [
        examination.finding(
          isItsOwn ? .warning : .error, isItsOwn ? "resource-unreadable" : "call-failed", "call",
          of: failure, evidence: evidence, fix: lastRemedy)
      ]
    }
  }

  private static let patience = Duration.seconds(3)

  private static func slowness(of report: CallReport, _ name: String) -> [Finding] {
    guard report.duration >= patience else { return [] }
    return [
      Finding(
        .warning, "call-slow", check: "call",
        "'\(name)' took \(report.duration.roundedMilliseconds) ms",
        evidence: [.init("tool", name)],
        fix: "look at what the server does meanwhile: clients give up on slow tools",
        kind: .timedOut)
    ]
  }

  @LoopActor
  private static func signOfLife(
    _ connection: Connection, _ examination: Examination
  ) async -> [Finding] {
    let outcome = await Deadline.result(examination.limit, on: examination.station.clock) {
      () async throws(OperationFailure) in try await connection.ping()
    }
    switch outcome {
    case .success(let time):
      return [
        call.finding(
          .ok, "it answers; no tool says that it only reads and needs no arguments",
          [.init("time", "\(time.roundedMilliseconds) ms")])
      ]
    case .failure(let failure) where failure.kind == .protocolError:
      return [
        Finding(.note, "ping-refused", check: "call", "a ping is refused: \(failure.sentence)")
      ]
    case .failure(let failure):
      return [examination.finding(.error, "ping-failed", "call", of: failure, fix: lastRemedy)]
    }
  }

  static func findings(
    on report: CallReport, of tool: JSON, _ name: String
  ) -> [Finding] {
    let evidence = [
      Finding.Evidence("tool", name),
      Finding.Evidence("time", "\(report.duration.roundedMilliseconds) ms"),
      Finding.Evidence("answer", String(report.result.compact.prefix(200))),
    ]
    if report.isError {
      let row = ToolErrorCause.of(report.result["content"]?.compact ?? "")
      return [
        Finding(
          .warning, row?.id ?? "call-tool-error", check: "call",
          "'\(name)' says that it failed\(row.map { ": \($0.cause)" } ?? "")",
          evidence: evidence,
          fix: row?.fix ?? "read its words: rights, a missing setting, or a fault of its own",
          kind: .protocolError)
      ]
    }
    guard let schema = tool["outputSchema"] else {
      return [call.finding(.ok, "'\(name)' answers", evidence)]
    }
    guard let structured = report.result["structuredContent"] else {
      return [
        Finding(
          .warning, "output-missing", check: "call",
          "'\(name)' declares an output schema and answers without structured content",
          evidence: evidence, fix: "send structuredContent, or drop outputSchema")
      ]
    }
    guard
      let violation = SchemaValidator(schema, options: .ofServers).validate(structured).violations
        .first
    else {
      return [call.finding(.ok, "'\(name)' answers as its schema says", evidence)]
    }
    return [
      Finding(
        .warning, "output-mismatch", check: "call",
        "the answer of '\(name)' breaks its output schema: \(violation.sentence)",
        evidence: evidence, fix: "correct the schema or the answer")
    ]
  }
}

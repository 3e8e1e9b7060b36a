import JSON
import MCPProtocol

extension StatelessCodec {
  func read(_ result: JSON, of call: ClientCall) -> Outcome<ReceivedResult> {
    var reading = Reading()
    guard let type = resultType(of: result, &reading) else { return .invalid(reading.issues) }
    let info = serverInfo(of: result)
    switch type {
    case .complete: return complete(result, call, info, reading)
    case .inputRequired where mayAskInput(call): return inputRound(result, info, reading)
    case .task: return task(result, call, info, reading)
    default:
      reading.report(
        .invalid("is \"\(type.rawValue)\", which this call cannot be answered with"),
        at: "resultType")
      return .invalid(reading.issues)
    }
  }

  /// Absent means complete, as older servers have it.
  private func resultType(of result: JSON, _ reading: inout Reading) -> ResultType? {
    guard let json = result["resultType"] else {
      reading.report(.missing, at: "resultType")
      return .complete
    }
    if json.isNull {
      reading.report(.null, at: "resultType")
      return .complete
    }
    return reading.inside("resultType") { ResultType.read(json, &$0) }
  }

  private func complete(
    _ result: JSON, _ call: ClientCall, _ info: Implementation?, _ reading: Reading
  ) -> Outcome<ReceivedResult> {
    var reading = reading
    let row = MethodTable.row(call.method ?? "server/discover", in: version)
    if row?.isCacheable == true {
      for key in ["ttlMs", "cacheScope"] where result[key] == nil {
        reading.report(.missing, at: key)
      }
    }
    return .ok(
      ReceivedResult(result: .complete(result), serverInfo: info, issues: reading.issues))
  }

  private func inputRound(
    _ result: JSON, _ info: Implementation?, _ reading: Reading
  ) -> Outcome<ReceivedResult> {
    var reading = reading
    let requests = result["inputRequests"].flatMap { json in
      json.isNull ? Optional.none : reading.inside("inputRequests") { JSONObject.read(json, &$0) }
    }
    let state = result["requestState"]
    if let state, state.string == nil {
      reading.report(.invalid("is not a string"), at: "requestState")
    }
    if requests == nil && state == nil { reading.report(.missing, at: "inputRequests") }
    let round = InputRound(
      requests: requests?.members.map { InputRequest(key: $0.key, entry: $0.value) } ?? [],
      state: state)
    return .ok(
      ReceivedResult(result: .inputRequired(round), serverInfo: info, issues: reading.issues))
  }

  /// Some servers answer `tasks/get` with the result type of a creation; the meaning is the same.
  private func task(
    _ result: JSON, _ call: ClientCall, _ info: Implementation?, _ reading: Reading
  ) -> Outcome<ReceivedResult> {
    if case .getTask = call { return complete(result, call, info, reading) }
    let (state, issues) = TaskShape.flat.read(result)
    let all = reading.issues + issues
    guard let state else { return .invalid(all) }
    return .ok(ReceivedResult(result: .task(state), serverInfo: info, issues: all))
  }

  private func mayAskInput(_ call: ClientCall) -> Bool {
    guard let method = call.method else { return false }
    return MethodTable.row(method, in: version)?.mayAskInput ?? false
  }

  func serverInfo(of result: JSON) -> Implementation? {
    result["_meta"]?[MetaKey.serverInfo].flatMap { Decoded<Implementation>($0).value }
  }
}

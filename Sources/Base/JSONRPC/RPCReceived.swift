package import JSON

/// A message as it arrived: what could be made of it, the JSON itself, and what was wrong with it.
package struct RPCReceived: Sendable, Hashable {
  /// Nil where the JSON is no request, notification or response by any reading.
  package let message: RPCMessage?
  package let raw: JSON
  package let issues: [RPCIssue]

  package init(_ json: JSON) {
    var reading = Reading(raw: json)
    message = reading.message()
    raw = json
    issues = reading.issues
  }
}

private struct Reading {
  let raw: JSON
  var issues: [RPCIssue] = []

  mutating func message() -> RPCMessage? {
    guard let object = raw.object else {
      issues.append(.notObject)
      return nil
    }
    checkVersion(object["jsonrpc"])
    if let method = object["method"] { return call(method, object) }
    guard isAnswer(object) else {
      issues.append(.unrecognizable)
      return nil
    }
    return .response(RPCResponse(id: id(of: object, nullAllowed: true), outcome: outcome(object)))
  }

  private func isAnswer(_ object: JSONObject) -> Bool {
    object["result"] != nil || object["error"] != nil || object["id"] != nil
  }

  private mutating func checkVersion(_ version: JSON?) {
    guard let version else { return issues.append(.versionMissing) }
    if version != "2.0" { issues.append(.versionWrong) }
  }

  private mutating func call(_ method: JSON, _ object: JSONObject) -> RPCMessage? {
    guard let name = method.string else {
      issues.append(.methodNotString)
      return nil
    }
    if object["result"] != nil || object["error"] != nil { issues.append(.methodBesideResult) }
    let params = object["params"]
    if let params, params.object == nil { issues.append(.paramsNotStructured) }
    guard let id = id(of: object, nullAllowed: false) else {
      return .notification(RPCNotification(method: name, params: params))
    }
    return .request(RPCRequest(id: id, method: name, params: params))
  }

  /// An error about something unreadable legitimately has a null id; a request never has.
  private mutating func id(of object: JSONObject, nullAllowed: Bool) -> RPCID? {
    guard let json = object["id"] else { return nil }
    guard let id = RPCID(json) else {
      if !json.isNull { issues.append(.idWrongType) }
      if json.isNull && !nullAllowed { issues.append(.idNull) }
      return nil
    }
    if case .number(let number) = id, !number.isInteger { issues.append(.idFractional) }
    return id
  }

  private mutating func outcome(_ object: JSONObject) -> RPCOutcome {
    let error = object["error"]?.isNull == true ? Optional.none : object["error"]
    switch (object["result"], error) {
    case (nil, nil):
      issues.append(.neitherResultNorError)
      return .missing
    case (let result?, nil): return .result(result)
    case (let result, let error?):
      if let result, !result.isNull { issues.append(.resultBesideError) }
      return .error(RPCError(reading: error, issues: &issues))
    }
  }
}

extension JSONNumber {
  fileprivate var isInteger: Bool { int != nil || !text.contains(where: { ".eE".contains($0) }) }
}

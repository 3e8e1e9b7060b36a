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

/// The members that a message can have, found in one walk; of duplicates the last one counts.
private struct Envelope {
  private(set) var version: JSON?
  private(set) var method: JSON?
  private(set) var id: JSON?
  private(set) var params: JSON?
  private(set) var result: JSON?
  private(set) var error: JSON?

  init(_ object: JSONObject) {
    for member in object.members {
      switch member.key {
      case "jsonrpc": version = member.value
      case "id": id = member.value
      case "method": method = member.value
      case "params": params = member.value
      case "result": result = member.value
      case "error": error = member.value
      default: break
      }
    }
  }

  var isAnswer: Bool { result != nil || error != nil || id != nil }
}

private struct Reading {
  let raw: JSON
  var issues: [RPCIssue] = []

  mutating func message() -> RPCMessage? {
    guard let object = raw.object else {
      issues.append(.notObject)
      return nil
    }
    let envelope = Envelope(object)
    checkVersion(envelope.version)
    if let method = envelope.method { return call(method, envelope) }
    guard envelope.isAnswer else {
      issues.append(.unrecognizable)
      return nil
    }
    return .response(
      RPCResponse(id: id(of: envelope, nullAllowed: true), outcome: outcome(envelope)))
  }

  private mutating func checkVersion(_ version: JSON?) {
    guard let version else { return issues.append(.versionMissing) }
    guard case .string("2.0") = version else { return issues.append(.versionWrong) }
  }

  private mutating func call(_ method: JSON, _ envelope: Envelope) -> RPCMessage? {
    guard let name = method.string else {
      issues.append(.methodNotString)
      return nil
    }
    if envelope.result != nil || envelope.error != nil { issues.append(.methodBesideResult) }
    if let params = envelope.params, params.object == nil { issues.append(.paramsNotStructured) }
    guard let id = id(of: envelope, nullAllowed: false) else {
      return .notification(RPCNotification(method: name, params: envelope.params))
    }
    return .request(RPCRequest(id: id, method: name, params: envelope.params))
  }

  /// An error about something unreadable legitimately has a null id; a request never has.
  private mutating func id(of envelope: Envelope, nullAllowed: Bool) -> RPCID? {
    guard let json = envelope.id else { return nil }
    guard let id = RPCID(json) else {
      if !json.isNull { issues.append(.idWrongType) }
      if json.isNull && !nullAllowed { issues.append(.idNull) }
      return nil
    }
    if case .number(let number) = id, !number.isInteger { issues.append(.idFractional) }
    return id
  }

  private mutating func outcome(_ envelope: Envelope) -> RPCOutcome {
    let error = envelope.error?.isNull == true ? Optional.none : envelope.error
    switch (envelope.result, error) {
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

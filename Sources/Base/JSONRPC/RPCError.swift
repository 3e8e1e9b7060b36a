package import JSON

/// The error object of a response, as the peer sent it. Conditions on our own side are never put into one.
package struct RPCError: Error, Sendable, Hashable {
  /// Nil where the peer's code was missing or no integer; `raw` shows what stood there.
  package var code: RPCErrorCode?
  package var message: String
  package var data: JSON?
  /// The whole object where it was received.
  package var raw: JSON?

  package init(code: RPCErrorCode?, message: String, data: JSON? = nil, raw: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
    self.raw = raw
  }

  package var json: JSON {
    if let raw { return raw }
    var object: JSONObject = ["code": .number(JSONNumber(code?.rawValue ?? 0))]
    object["message"] = .string(message)
    object["data"] = data
    return .object(object)
  }
}

extension RPCError {
  /// Reads an error object that stands somewhere else than in a response.
  package init(reading json: JSON) {
    var issues: [RPCIssue] = []
    self.init(reading: json, issues: &issues)
  }

  /// Reads whatever stands in `error`; what is wrong with it comes out as issues.
  init(reading json: JSON, issues: inout [RPCIssue]) {
    guard let object = json.object else {
      issues.append(.errorNotObject)
      self.init(code: nil, message: json.string ?? "", raw: json)
      return
    }
    let code = object["code"]
    if code?.number?.int == nil { issues.append(.errorCodeNotInteger) }
    if object["message"]?.string == nil { issues.append(.errorMessageMissing) }
    self.init(
      code: Self.code(from: code), message: object["message"]?.string ?? "",
      data: object["data"], raw: json)
  }

  private static func code(from json: JSON?) -> RPCErrorCode? {
    let value = json?.int ?? json?.string.flatMap { Int($0) }
    return value.map(RPCErrorCode.init(rawValue:))
  }
}

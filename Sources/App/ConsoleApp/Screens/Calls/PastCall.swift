package import JSON

/// A call of an earlier run, as the history keeps it.
package struct PastCall: Sendable, Hashable {
  package let number: Int64
  package let target: String
  package let method: String
  package let name: String
  package let params: JSON
  package let outcome: String
  package let isFine: Bool
  package let answer: JSON
  package let at: Int64
  package let milliseconds: Double
  package let bytes: Int

  package init(
    number: Int64, target: String, method: String, name: String, params: JSON, outcome: String,
    isFine: Bool, answer: JSON, at: Int64, milliseconds: Double, bytes: Int
  ) {
    self.number = number
    self.target = target
    self.method = method
    self.name = name
    self.params = params
    self.outcome = outcome
    self.isFine = isFine
    self.answer = answer
    self.at = at
    self.milliseconds = milliseconds
    self.bytes = bytes
  }

  /// The same order again; nil for methods that are no call of a person.
  var order: CallRecord.Order? {
    switch method {
    case "tools/call": .tool(name, arguments: params["arguments"], schema: nil)
    case "resources/read": .resource(uri: params["uri"]?.string ?? name)
    case "prompts/get": .prompt(name, arguments: params["arguments"]?.object)
    case "": nil
    default: .raw(method, params: params.isNull ? nil : params)
    }
  }
}

/// What the history was asked for and gave.
struct History: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case unasked, loading, loaded
    case failed(String)
  }

  var phase = Phase.unasked
  var calls: [PastCall] = []
  var revision = 0
}

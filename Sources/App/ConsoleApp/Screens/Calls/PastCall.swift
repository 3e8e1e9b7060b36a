package import JSON
import SafeText

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

extension PastCall {
  /// Secrets of it were masked when it was kept: sent as it is, the server would get the mask for the secret.
  var holdsMask: Bool { params.holdsMask }
}

extension JSON {
  /// Whether the mask stands in it. The footer asks with every frame, so no text is made of it.
  var holdsMask: Bool {
    switch self {
    case .object(let object):
      object.members.contains { $0.key.contains(Secret.mask) || $0.value.holdsMask }
    case .array(let elements): elements.contains(where: \.holdsMask)
    case .string(let text): text.contains(Secret.mask)
    default: false
    }
  }

  /// The same without the secrets that were masked when it was kept: they are to be given again.
  var withoutMasks: JSON {
    switch self {
    case .object(let object):
      .object(
        JSONObject(
          members: object.members.filter { $0.value.string != Secret.mask }
            .map { .init(key: $0.key, value: $0.value.withoutMasks) }))
    case .array(let elements):
      .array(elements.filter { $0.string != Secret.mask }.map(\.withoutMasks))
    default: self
    }
  }
}

extension CallRecord.Order {
  var withoutMasks: Self {
    switch self {
    case .tool(let name, let arguments, let schema):
      .tool(name, arguments: arguments?.withoutMasks, schema: schema)
    case .prompt(let name, let arguments):
      .prompt(name, arguments: arguments.flatMap { JSON.object($0).withoutMasks.object })
    case .raw(let method, let params): .raw(method, params: params?.withoutMasks)
    case .resource: self
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

package import JSON

/// Something a server wants from the client before it can go on, whichever way it asked.
package struct InputRequest: Sendable, Hashable {
  /// Unique among the requests of one origin.
  package var key: String
  package var method: String
  package var params: JSON?
  package var kind: InputKind

  package init(key: String, method: String, params: JSON?) {
    self.key = key
    self.method = method
    self.params = params
    kind = InputKind(method: method, params: params)
  }

  /// Reads an entry of `inputRequests`; an entry without a method is kept with an empty one.
  package init(key: String, entry: JSON) {
    self.init(key: key, method: entry["method"]?.string ?? "", params: entry["params"])
  }
}

extension InputRequest {
  /// The method, with the server's own words where it has any. Foreign text.
  package var summary: String {
    switch kind {
    case .elicitation(let request): words(request.value?.message)
    case .sampling(let request): words(request.value?.lastText)
    case .roots, .unknown: method.isEmpty ? "a question without method" : method
    }
  }

  private func words(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return method }
    let short = text.count > Self.shown ? text.prefix(Self.shown) + "…" : text
    return "\(method): \(short)"
  }

  private static let shown = 200
}

extension SamplingRequest {
  /// What the newest message says, as far as it is text.
  fileprivate var lastText: String? {
    let blocks = messages.last?.value?.content.blocks ?? []
    return blocks.lazy.compactMap { block in
      if case .text(let text)? = block.value?.kind { text } else { nil }
    }.first
  }
}

/// What is wanted.
package enum InputKind: Sendable, Hashable {
  case elicitation(Decoded<ElicitationRequest>)
  case sampling(Decoded<SamplingRequest>)
  case roots
  case unknown

  init(method: String, params: JSON?) {
    let object = params ?? .object(JSONObject())
    switch method {
    case "elicitation/create": self = .elicitation(Decoded(object))
    case "sampling/createMessage": self = .sampling(Decoded(object))
    case "roots/list": self = .roots
    default: self = .unknown
    }
  }
}

/// The client's answer to an input request.
package enum InputAnswer: Sendable, Hashable {
  case elicitation(ElicitationAnswer)
  case sampling(SamplingAnswer)
  case roots([Root])
  case raw(JSON)
  /// Cannot or will not be answered; there is a wire form for this only where the server sent a request.
  case refused(code: Int, message: String)

  /// The bare result, nil for a refusal.
  package var result: JSON? {
    switch self {
    case .elicitation(let answer): answer.json
    case .sampling(let answer): answer.json
    case .roots(let roots): ["roots": roots.json]
    case .raw(let json): json
    case .refused: nil
    }
  }
}

package import JSON

/// Something a server wants to know from its client before it can go on.
package enum ServerQuestion: Sendable, Hashable {
  case elicitation(ElicitationRequest)
  case sampling(SamplingRequest)
  case roots

  package var method: String {
    switch self {
    case .elicitation: "elicitation/create"
    case .sampling: "sampling/createMessage"
    case .roots: "roots/list"
    }
  }

  /// The capabilities object that a client must have declared; nil where it has.
  package func lacking(in client: ClientFeatures) -> JSONObject? {
    switch self {
    case .roots: client.roots ? nil : ["roots": [:]]
    case .sampling(let request):
      request.tools != nil && !client.samplingTools
        ? ["sampling": ["tools": [:]]] : client.sampling ? nil : ["sampling": [:]]
    case .elicitation(let request):
      if request.effectiveMode == .url {
        client.elicitationURL ? nil : ["elicitation": ["url": [:]]]
      } else {
        client.elicitationForm ? nil : ["elicitation": [:]]
      }
    }
  }

  /// What is wrong with an answer; nil where it can be used.
  package func fault(of answer: JSON) -> String? {
    switch self {
    case .elicitation:
      let read = Decoded<ElicitationAnswer>(answer)
      let isUsable = answer["action"]?.string != nil && read.value?.action.isKnown == true
      return isUsable ? nil : "it has no known action"
    case .sampling:
      return answer["content"] == nil ? "it has no content" : nil
    case .roots:
      return answer["roots"]?.array == nil ? "it has no list of roots" : nil
    }
  }
}

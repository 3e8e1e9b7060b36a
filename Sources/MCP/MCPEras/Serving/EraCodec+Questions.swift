package import JSON
package import MCPProtocol

extension EraCodec {
  /// The parameters of the question in the words of this revision.
  package func params(of question: ServerQuestion) -> JSONObject {
    switch question {
    case .roots: return JSONObject()
    case .elicitation(let request):
      var params = request.json.object ?? JSONObject()
      if !features.has(.elicitationModes) { params["mode"] = Optional.none }
      if !features.has(.elicitationError) { params["elicitationId"] = Optional.none }
      return params
    case .sampling(let request):
      return request.json.object ?? JSONObject()
    }
  }

  /// The same as an entry of `inputRequests`.
  package func entry(of question: ServerQuestion) -> JSON {
    let params = params(of: question)
    var entry: JSONObject = ["method": .string(question.method)]
    if !params.isEmpty { entry["params"] = .object(params) }
    return .object(entry)
  }
}

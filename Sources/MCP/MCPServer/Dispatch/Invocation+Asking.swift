import EventLoop
package import JSON
import JSONSchema
import MCPEras
package import MCPProtocol

/// Questions to the client. In a stateless revision the handler runs again from its start once they are answered,
/// so that it must not have changed anything before its last question.
extension Invocation {
  /// Has the user fill in a form. `key` names the question where the handler asks several.
  package func elicit(
    _ message: String, _ schema: JSON, key: String? = nil
  ) async throws -> ElicitationAnswer {
    var request = ElicitationRequest()
    if abilities.elicitationURL { request.mode = .form }
    request.message = message
    request.requestedSchema = schema
    let answer = try await ask([(self.key(key, "elicitation"), .elicitation(request))])[0]
    return Decoded<ElicitationAnswer>(answer).value ?? .cancel
  }

  /// Has the user open a page; an accepted one may still be under way there.
  package func elicit(
    _ message: String, opening url: String, id: String, key: String? = nil
  ) async throws -> ElicitationAnswer {
    var request = ElicitationRequest()
    request.mode = .url
    request.message = message
    request.url = url
    request.elicitationId = id
    let answer = try await ask([(self.key(key, "elicitation"), .elicitation(request))])[0]
    return Decoded<ElicitationAnswer>(answer).value ?? .cancel
  }

  /// Has the client's model write something.
  package func sample(
    _ request: SamplingRequest, key: String? = nil
  ) async throws -> SamplingAnswer {
    let answer = try await ask([(self.key(key, "sampling"), .sampling(request))])[0]
    return Decoded<SamplingAnswer>(answer).value ?? SamplingAnswer()
  }

  package func roots(key: String? = nil) async throws -> [Root] {
    let answer = try await ask([(self.key(key, "roots"), .roots)])[0]
    return Decoded<[Root]>(answer["roots"] ?? []).value ?? []
  }

  /// Several questions at once; the bare answers in the same order.
  package func ask(
    _ questions: [(key: String, question: ServerQuestion)]
  ) async throws -> [JSON] {
    try await exchange.ask(questions)
  }

  private func key(_ given: String?, _ kind: String) -> String {
    if let given { return given }
    exchange.inputs.unnamed += 1
    return "\(kind)-\(exchange.inputs.unnamed)"
  }
}

extension Exchange {
  func ask(_ questions: [(key: String, question: ServerQuestion)]) async throws -> [JSON] {
    for entry in questions {
      if let lacking = entry.question.lacking(in: abilities) {
        throw ServerFault.missingCapability(lacking)
      }
    }
    if let task { return try await task.ask(questions) }
    if features.has(.inputRequired) { return try inputs.answers(to: questions) }
    guard let session else { throw ServerFault.internalError("there is no session to ask in") }
    var answers: [JSON] = []
    for entry in questions { answers.append(try await session.ask(entry.question, for: self)) }
    return answers
  }
}

extension InputLedger {
  /// What is answered usably; everything else is asked for, once more if need be.
  fileprivate func answers(
    to questions: [(key: String, question: ServerQuestion)]
  ) throws -> [JSON] {
    let missing = questions.filter { entry in
      self[entry.key].map { entry.question.rejects($0) } ?? true
    }
    guard missing.isEmpty else { throw InputNeeded(questions: missing) }
    return questions.compactMap { self[$0.key] }
  }
}

extension ServerQuestion {
  /// Whether an answer cannot be used: of a wrong shape, or accepted with what the form does not allow.
  func rejects(_ answer: JSON) -> Bool {
    if fault(of: answer) != nil { return true }
    guard case .elicitation(let request) = self, answer["action"] == "accept",
      let schema = request.requestedSchema
    else { return false }
    return !SchemaValidator(schema).isValid(answer["content"] ?? [:])
  }
}

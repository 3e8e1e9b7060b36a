import HTTPCore
package import JSON

/// One step on the way to a token: what was asked, what came back, what was read from it and decided.
///
/// Words of peers in it are foreign text; secrets never are in it.
package struct AuthorizationEvidence: Sendable, Hashable {
  package enum Stage: String, Sendable, Hashable, CaseIterable {
    case challenge
    case resourceMetadata = "resource metadata"
    case serverMetadata = "server metadata"
    case client, scope, consent, callback, token, store
  }

  package var stage: Stage
  package var method: String?
  package var url: String?
  package var status: Int?
  package var contentType: String?
  /// What was read, each as `name: value` or a sentence.
  package var findings: [String] = []
  /// What follows from it, as a clause.
  package var decision: String

  package init(
    _ stage: Stage, method: String? = nil, url: String? = nil, status: Int? = nil,
    contentType: String? = nil, findings: [String] = [], decision: String
  ) {
    self.stage = stage
    self.method = method
    self.url = url
    self.status = status
    self.contentType = contentType
    self.findings = findings
    self.decision = decision
  }

  package init(
    _ stage: Stage, _ request: AuthorizationRequest, _ outcome: AuthorizationOutcome,
    findings: [String] = [], decision: String
  ) {
    self.init(
      stage, method: request.method, url: request.url.withoutSecrets.text, findings: findings,
      decision: decision)
    switch outcome {
    case .success(let answer):
      status = answer.status
      contentType = answer.fields["Content-Type"]
    case .failure(let outage): self.findings = [outage.sentence] + findings
    }
  }
}

extension AuthorizationEvidence {
  private var head: String {
    let asked = [method, url].compactMap { $0 }.joined(separator: " ")
    let came = [status.map(String.init), contentType].compactMap { $0 }.joined(separator: " ")
    return [asked, came].filter { !$0.isEmpty }.joined(separator: " → ")
  }

  /// The request, its outcome and the decision on one line.
  package var line: String {
    "\(stage.rawValue): \(head.isEmpty ? "" : "\(head): ")\(decision)"
  }

  /// The step on a few lines: the request and its outcome, what was read, the decision last.
  package var lines: [String] {
    ["\(stage.rawValue): \(head.isEmpty ? decision : head)"]
      + findings.map { "  \($0)" } + (head.isEmpty ? [] : ["  → \(decision)"])
  }

  package var json: JSON {
    var object: JSONObject = ["stage": .string(stage.rawValue)]
    object["method"] = method.map(JSON.string)
    object["url"] = url.map(JSON.string)
    object["status"] = status.map { .number(JSONNumber($0)) }
    object["contentType"] = contentType.map(JSON.string)
    if !findings.isEmpty { object["findings"] = .array(findings.map(JSON.string)) }
    object["decision"] = .string(decision)
    return .object(object)
  }
}

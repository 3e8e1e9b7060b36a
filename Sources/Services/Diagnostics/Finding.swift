package import JSON
package import Operations

/// What one check came to: a state, its cause in a sentence, what proves it, and what to do.
package struct Finding: Sendable, Hashable {
  package enum Status: String, Sendable, Hashable, CaseIterable {
    case ok, note, warning, error, skipped
  }

  /// A named fact that the cause rests on. Foreign text, secrets masked.
  package struct Evidence: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The name of the cause, the same in every run: `tcp-refused`.
  package var id: String
  /// The check it comes from.
  package var check: String
  package var status: Status
  /// One sentence without a full stop. Words of the peer in it are foreign text.
  package var cause: String
  package var evidence: [Evidence]
  package var fix: String?
  /// The class of the failure, for the exit code.
  package var kind: OperationFailure.Kind

  package init(
    _ status: Status, _ id: String, check: String, _ cause: String, evidence: [Evidence] = [],
    fix: String? = nil, kind: OperationFailure.Kind = .protocolError
  ) {
    self.id = id
    self.check = check
    self.status = status
    self.cause = cause
    self.evidence = evidence
    self.fix = fix
    self.kind = kind
  }

  package var json: JSON {
    var object: JSONObject = [
      "id": .string(id), "check": .string(check), "status": .string(status.rawValue),
      "cause": .string(cause), "evidence": .array(evidence.map(\.json)),
    ]
    object["fix"] = .some(fix.map(JSON.string) ?? .null)
    return .object(object)
  }
}

extension Finding.Evidence {
  fileprivate var json: JSON { ["name": .string(name), "value": .string(value)] }
}

extension [Finding] {
  /// The first that counts as a failure.
  package func firstFailure(from level: Finding.Status) -> Finding? {
    first { $0.status == .error } ?? (level == .warning ? first { $0.status == .warning } : nil)
  }

  package func count(_ status: Finding.Status) -> Int {
    filter { $0.status == status }.count
  }
}

package import Diagnostics
package import JSON
package import Settings

/// What the doctor is to look at, as the list of servers has it.
package struct DiagnosisSubject: Sendable, Hashable {
  /// The server's key in the list.
  package let key: String
  package let name: String
  /// As a shell takes it, secrets masked.
  package let target: String
  package let path: String
  package let definition: ServerDefinition?
  /// What is wrong with what its file says, a sentence each.
  package let problems: [String]
}

/// What the operator wants of the doctor. The number tells one examination from the next.
package enum DiagnosisWish: Sendable, Hashable {
  /// Walks the chain; with a check's id as far as that one, and tells of it alone.
  case examine(DiagnosisSubject, only: String?, number: Int)
  /// Looks at what the server offers.
  case review(DiagnosisSubject, number: Int)
  case stop
}

/// What came of it.
package enum DiagnosisNews: Sendable, Hashable {
  case finding(number: Int, Finding)
  /// It is through; of a whole examination with everything that was seen of it.
  case ended(number: Int, DiagnosisBundle?)
  case failed(number: Int, String)
}

/// What may be sent to whoever helps.
package struct DiagnosisBundle: Sendable, Hashable {
  package let json: JSON
  /// What is in it, a line each.
  package let contents: [String]
}

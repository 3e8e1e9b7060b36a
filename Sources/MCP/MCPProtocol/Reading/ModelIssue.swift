/// Something in a peer's JSON that is not as it should be, and where it stands.
package struct ModelIssue: Sendable, Hashable {
  /// JSON Pointer from the value that was read.
  package var pointer: String
  package var problem: ModelProblem

  package init(pointer: String, problem: ModelProblem) {
    self.pointer = pointer
    self.problem = problem
  }
}

/// The kinds of trouble with a member; each was survived by reading as much as possible.
package enum ModelProblem: Sendable, Hashable {
  case missing
  /// The wrong JSON type; where the meaning was plain, the value was taken all the same.
  case wrongType(expected: String, found: String)
  /// `null` where the member should have been left out.
  case null
  /// `[]` where `{}` is meant, as PHP writes it.
  case emptyArrayForObject
  /// A value outside the known set; kept.
  case unknownValue(String)
  case invalid(String)
}

extension ModelProblem {
  /// Whether nothing was lost: the value is used as the peer meant it.
  package var isHarmless: Bool {
    switch self {
    case .null, .emptyArrayForObject, .unknownValue: true
    case .missing, .wrongType, .invalid: false
    }
  }
}

extension ModelIssue: CustomStringConvertible {
  package var description: String {
    let place = pointer.isEmpty ? "the value" : pointer
    return switch problem {
    case .missing: "\(place) is missing"
    case .wrongType(let expected, let found): "\(place) is \(found), not \(expected)"
    case .null: "\(place) is null, where it should be left out"
    case .emptyArrayForObject: "\(place) is [], where {} is meant"
    case .unknownValue(let value): "\(place) has the unknown value \"\(value)\""
    case .invalid(let reason): "\(place) \(reason)"
    }
  }
}

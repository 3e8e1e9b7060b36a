package import MCPProtocol

/// What a codec makes of something: fine, unknown to its revision, or broken beyond use.
package enum Outcome<Value: Sendable>: Sendable {
  case ok(Value)
  case notInEra(String)
  case invalid([ModelIssue])

  package var value: Value? {
    if case .ok(let value) = self { value } else { nil }
  }

  package func map<Other>(_ change: (Value) -> Other) -> Outcome<Other> {
    switch self {
    case .ok(let value): .ok(change(value))
    case .notInEra(let name): .notInEra(name)
    case .invalid(let issues): .invalid(issues)
    }
  }
}

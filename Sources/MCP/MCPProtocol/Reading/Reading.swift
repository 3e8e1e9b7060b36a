package import JSON

/// Collects issues while a value is read, and knows where in the JSON we are.
package struct Reading {
  package private(set) var issues: [ModelIssue] = []
  private var path: [String] = []

  package init() {}

  package mutating func report(_ problem: ModelProblem, at key: String? = nil) {
    issues.append(ModelIssue(pointer: pointer(to: key), problem: problem))
  }

  /// Reads a member or element, so that issues inside it carry its place.
  package mutating func inside<T>(_ step: String, _ body: (inout Reading) -> T) -> T {
    path.append(step)
    defer { path.removeLast() }
    return body(&self)
  }

  /// Takes over the issues of a value that was read by itself.
  mutating func adopt(_ foreign: [ModelIssue]) {
    let here = pointer(to: nil)
    issues += foreign.map { ModelIssue(pointer: here + $0.pointer, problem: $0.problem) }
  }

  mutating func mismatch(_ expected: String, _ json: JSON) {
    report(.wrongType(expected: expected, found: json.kindInWords))
  }

  private func pointer(to key: String?) -> String {
    let steps = key.map { path + [$0] } ?? path
    return steps.map { "/" + Self.escaped($0) }.joined()
  }

  private static func escaped(_ step: String) -> String {
    guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return step
    }
    return step.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }
}

extension JSON {
  /// The type with its article, as `an array`.
  package var kindInWords: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

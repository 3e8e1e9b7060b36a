/// Where a validation gives up, whatever schema and instance do together.
package struct SchemaLimits: Sendable, Hashable {
  /// Schemas within schemas, across references.
  package var depth = 5_000
  /// Schemas applied altogether, for any instance; large ones have more for each of their values.
  package var steps = 5_000_000
  package var stepsPerValue = 100
  /// Violations kept, and as many again as reasons of alternatives; more are not listed.
  package var violations = 100_000
  /// Texts that may exhaust their patterns' time.
  package var slowMatches = 20

  package init() {}

  /// What fits on the stack of any thread; deeper validations move to a stack of their own.
  static let shallowDepth = 40

  /// Alternatives within alternatives whose reasons are told; they multiply.
  static let branchDepth = 4
}

/// Why a validation ended without an answer.
package enum SchemaAbort: Sendable, Hashable {
  case tooDeep
  case endless
  case tooLong
  case slowPattern(String)
}

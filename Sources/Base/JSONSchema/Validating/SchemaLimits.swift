/// Where a validation gives up, whatever schema and instance do together.
package struct SchemaLimits: Sendable, Hashable {
  /// Schemas within schemas, across references.
  package var depth = 5_000
  /// Schemas applied altogether.
  package var steps = 200_000_000
  /// Violations kept; more are not listed.
  package var violations = 100_000
  /// Texts that may exhaust their patterns' time.
  package var slowMatches = 20

  package init() {}

  /// What fits on the stack of any thread; deeper validations move to a stack of their own.
  static let shallowDepth = 40
}

/// Why a validation ended without an answer.
package enum SchemaAbort: Sendable, Hashable {
  case tooDeep
  case endless
  case tooLong
  case slowPattern(String)
}

/// What a reading allows beyond RFC 8259, and where it stops.
package struct JSONReadingOptions: Sendable, Hashable {
  /// `//` and `/* */`; each one is a finding.
  package var allowsComments = false
  /// A comma before `]` or `}`; each one is a finding.
  package var allowsTrailingCommas = false
  /// Containers within containers; the tree's own recursion is safe on a 512 KB stack up to the default.
  package var depthLimit = JSONReadingOptions.safeDepth
  package var byteLimit = Int(UInt32.max) - 1
  /// Findings kept; more are only counted.
  package var findingLimit = 1_000

  package init() {}

  package static let safeDepth = 512
  package static let strict = JSONReadingOptions()
  /// For configuration files that people edit.
  package static let relaxed: JSONReadingOptions = {
    var options = JSONReadingOptions()
    options.allowsComments = true
    options.allowsTrailingCommas = true
    return options
  }()
}

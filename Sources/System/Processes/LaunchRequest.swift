/// What to start, and with what.
package struct LaunchRequest: Sendable, Hashable {
  /// A name to look up in the child's PATH, or a path (relative to `directory`).
  package var program: String
  package var arguments: [String]
  /// The child's whole environment; see `ChildEnvironment`.
  package var environment: [String: String]
  /// Nil: ours.
  package var directory: String?

  package init(
    program: String, arguments: [String] = [], environment: [String: String] = [:],
    directory: String? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }
}

/// Which of our own variables a server process may see: it gets these and what its configuration names.
package enum ChildEnvironment {
  package static let allowed = [
    "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ",
    "USER",
  ]

  package static func allowed(
    from own: [String: String], adding given: [String: String] = [:]
  ) -> [String: String] {
    own.filter { allowed.contains($0.key) }.merging(given) { $1 }
  }
}

/// Where rows of an audit log come from.
package enum LogSource: Sendable, Hashable {
  /// The embedded store of a data folder; nil is the one of this user.
  case store(folder: String?)
  case file(String)
  /// Standard input.
  case input

  package var words: String {
    switch self {
    case .store(let folder): folder.map { "the audit in \($0)" } ?? "the audit of this user"
    case .file(let path): path
    case .input: "standard input"
    }
  }
}

/// What a log that is being read tells.
package enum LogNews: Sendable, Hashable {
  /// Made of a part: its questions answered, its chain checked.
  package struct Made<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The first row of the part.
    package let first: Int
    package let value: Value
  }

  case profile(LogProfile)
  /// Rows behind those before, or in front of them.
  case lines([LogLines], inFront: Bool)
  case digests([Made<LogDigest>])
  case links([Made<[LogLink]>])
  /// All that was there has been told.
  case caughtUp
  case turned(String)
  case failed(String)
}

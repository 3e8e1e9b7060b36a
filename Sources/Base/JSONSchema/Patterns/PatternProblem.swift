/// Why a regular expression cannot be used.
package enum PatternProblem: Error, Sendable, Hashable {
  case unclosedGroup
  case unopenedGroup
  case unclosedClass
  case nothingToRepeat(String)
  case endsInBackslash
  case unknownEscape(String)
  case unknownGroup(String)
  case reversedRange(String)
  case reversedCounts(String)
  case unknownGroupName(String)
  case rejected(String)
  /// Right in ECMA-262, but more than the matcher can do.
  case beyondUs(String)

  /// Whether the pattern itself is at fault.
  package var isDefect: Bool {
    if case .beyondUs = self { false } else { true }
  }

  /// The sentence for a person; the pattern itself is named by the caller.
  package var sentence: String {
    switch self {
    case .unclosedGroup: "a ( is never closed"
    case .unopenedGroup: "a ) closes nothing"
    case .unclosedClass: "a [ is never closed"
    case .nothingToRepeat(let text): "\(text) has nothing to repeat"
    case .endsInBackslash: "it ends in a lone \\"
    case .unknownEscape(let text): "\(text) is no escape of ECMA-262"
    case .unknownGroup(let text): "\(text) opens no kind of group of ECMA-262"
    case .reversedRange(let text): "the range \(text) runs backwards"
    case .reversedCounts(let text): "the counts \(text) run backwards"
    case .unknownGroupName(let name): "no group is named \(name)"
    case .rejected(let reason): reason
    case .beyondUs(let reason): "it cannot be matched here: \(reason)"
    }
  }
}

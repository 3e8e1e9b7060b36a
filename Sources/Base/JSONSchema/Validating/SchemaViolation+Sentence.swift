import JSON

extension SchemaViolation {
  /// For a person: what it is about, and what is wrong there.
  package var sentence: String {
    let subject = path.words
    return subject.isEmpty ? predicate : "\(subject): \(predicate)"
  }

  /// What is wrong, without saying with what.
  package var predicate: String {
    switch problem {
    case .type(let expected, let found):
      "is \(found.words), but must be \(Words.either(expected.map(\.words)))"
    case .constant(let expected): "must be \(Words.shown(expected))"
    case .enumeration(let allowed, let found):
      allowed.count == 1
        ? "\(Words.shown(found)) is not \(Words.listed(allowed))"
        : "\(Words.shown(found)) is none of \(Words.listed(allowed))"
    case .multiple(let divisor, let found):
      "\(Words.cut(found)) is no multiple of \(Words.cut(divisor))"
    case .more(let limit, let found, let isExclusive):
      Words.cut(found)
        + (isExclusive ? " must be less than " : " is more than the maximum ") + Words.cut(limit)
    case .less(let limit, let found, let isExclusive):
      Words.cut(found)
        + (isExclusive ? " must be more than " : " is less than the minimum ") + Words.cut(limit)
    case .length(let count, let bound): Words.has(count, "character", bound)
    case .items(let count, let bound): Words.has(count, "item", bound)
    case .members(let count, let bound): Words.has(count, "member", bound)
    case .pattern(let source): "does not match the pattern \(source)"
    case .slowPattern(let source): "the pattern \(source) took too long"
    case .format(let name): "is no valid \(name)"
    case .equalItems(let first, let second):
      "items \(first) and \(second) are equal, but all must differ"
    case .contains, .missing, .dependent, .name, .nothingAllowed: structural
    case .noAlternative, .severalAlternatives, .ruledOut: alternative
    case .unresolved(let reference):
      "cannot be checked, because nothing known is at \(reference)"
    case .aborted(let reason): reason.sentence
    }
  }

  private var structural: String {
    switch problem {
    case .contains(let found, .atLeast(let limit)):
      "\(Words.count(found, "item")) of the wanted kind, but there must be at least \(limit)"
    case .contains(let found, .atMost(let limit)):
      "\(Words.count(found, "item")) of the wanted kind, but there may be at most \(limit)"
    case .missing(let name): "\(Words.name(name)) is missing"
    case .dependent(let missing, let on):
      "\(Words.name(missing)) is missing, which \(Words.name(on)) asks for"
    case .name(let name):
      "the name \(name.debugDescription) is not allowed\(reason.map { ": it " + $0 } ?? "")"
    default: Self.forbidden[keyword] ?? "is not allowed here"
    }
  }

  /// What a `false` schema says, by the keyword that led to it.
  private static let forbidden = [
    "additionalProperties": "is no known member",
    "unevaluatedProperties": "is no known member",
    "additionalItems": "is one item too many",
    "unevaluatedItems": "is one item too many",
    "items": "is one item too many",
  ]

  private var alternative: String {
    switch problem {
    case .noAlternative(let count):
      "fits none of the \(count) alternatives" + closestWords
    case .severalAlternatives(let indexes):
      "fits the alternatives \(Words.all(indexes.map { String($0 + 1) })), but must fit exactly one"
    default: "fits what is ruled out"
    }
  }

  private var closestWords: String {
    guard let closest, branches.indices.contains(closest) else { return "" }
    let branch = branches[closest]
    guard let first = branch.violations.first else { return "" }
    let title = branch.title.map { " (\($0))" } ?? ""
    let rest = first.path.dropFirst(path.count)
    let subject = rest.isEmpty ? "" : Array(rest).words + ": "
    let more = branch.violations.count - 1
    return "; the closest is number \(branch.index + 1)\(title): \(subject)\(first.predicate)"
      + (more > 0 ? ", and \(more) more" : "")
  }

  private var reason: String? { branches.first?.violations.first?.predicate }
}

extension SchemaAbort {
  package var sentence: String {
    switch self {
    case .tooDeep: "the schema and the value are nested too deeply to be checked"
    case .endless: "the schema refers to itself without end"
    case .tooLong: "checking took too long and was given up"
    case .slowPattern(let source): "the pattern \(source) took too long"
    }
  }
}

/// What the operators of a filter ask of one row.
struct FilterFacts: Sendable {
  /// What plain words look at.
  var fields: [String]
  var method = ""
  var tool = ""
  var id = ""
  var server = ""
  /// Who did it, and how it was decided: of an audit.
  var actor = ""
  var decision = ""
  /// The words that `~d` knows it by: its kind, and `in` or `out`.
  var kinds: Set<String> = []
  var isError = false
  var milliseconds: Double?
  var size: Int?
  /// Looked at only where `~b` asks.
  var body: @Sendable () -> [UInt8] = { [] }
}

/// Why a filter cannot be read, in a sentence.
struct FilterProblem: Error, Sendable, Hashable {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// A filter of words and operators: `~m tools & !(~e | ~>200ms)`. Parts side by side must all hold.
indirect enum FilterExpression: Sendable, Hashable {
  case all
  case word(FilterNeedle)
  case text(FilterOperator, FilterNeedle)
  case kind(String)
  case error
  case time(FilterRange)
  case size(FilterRange)
  case not(FilterExpression)
  case and(FilterExpression, FilterExpression)
  case or(FilterExpression, FilterExpression)

  func matches(_ facts: FilterFacts) -> Bool {
    switch self {
    case .all: true
    case .word(let needle): facts.fields.contains(where: needle.isFound)
    case .text(.body, let needle): needle.isFound(in: facts.body())
    case .text(let part, let needle): needle.isFound(in: part.text(of: facts))
    case .kind(let kind): facts.kinds.contains(kind)
    case .error: facts.isError
    case .time(let range): facts.milliseconds.map(range.contains) ?? false
    case .size(let range): facts.size.map { range.contains(Double($0)) } ?? false
    case .not(let inner): !inner.matches(facts)
    case .and(let left, let right): left.matches(facts) && right.matches(facts)
    case .or(let left, let right): left.matches(facts) || right.matches(facts)
    }
  }
}

/// The operators that take a text, by their letter.
enum FilterOperator: Character, Sendable, Hashable, CaseIterable {
  case method = "m"
  case tool = "t"
  case id = "i"
  case server = "s"
  case body = "b"
  case actor = "a"
  case decision = "c"

  func text(of facts: FilterFacts) -> String {
    switch self {
    case .method: facts.method
    case .tool: facts.tool
    case .id: facts.id
    case .server: facts.server
    case .actor: facts.actor
    case .decision: facts.decision
    case .body: ""
    }
  }
}

/// More than, or less than: `>200ms`, `<10k`.
struct FilterRange: Sendable, Hashable {
  let isAbove: Bool
  let limit: Double

  func contains(_ value: Double) -> Bool { isAbove ? value > limit : value < limit }

  /// `>1.5s` in milliseconds, `>10k` in bytes.
  init(_ text: String, units: [(suffix: String, factor: Double)]) throws(FilterProblem) {
    guard let sign = text.first, sign == ">" || sign == "<" else {
      throw FilterProblem("\(text) needs > or < in front")
    }
    isAbove = sign == ">"
    let number = text.dropFirst().lowercased()
    let unit = units.first { number.hasSuffix($0.suffix) } ?? (suffix: "", factor: 1)
    guard let value = Double(number.dropLast(unit.suffix.count)), value.isFinite else {
      throw FilterProblem("\(text) is no number")
    }
    limit = value * unit.factor
  }

  static let times = [("ms", 1.0), ("s", 1000), ("m", 60_000)].map { (suffix: $0.0, factor: $0.1) }
  static let sizes = [("kb", 1000.0), ("mb", 1e6), ("k", 1000), ("m", 1e6), ("b", 1)].map {
    (suffix: $0.0, factor: $0.1)
  }
}

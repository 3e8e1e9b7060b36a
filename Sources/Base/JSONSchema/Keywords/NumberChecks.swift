import JSON

struct MultipleCheck: SchemaCheck {
  let divisor: JSONNumber
  let small: Int?

  init?(_ reader: SchemaReader) {
    guard let number = reader.number("multipleOf") else { return nil }
    divisor = number
    small = Int(number.text).flatMap { $0 > 0 ? $0 : nil }
    guard number <= JSONNumber(0) else { return }
    reader.report(
      .badKeyword(keyword: "multipleOf", expected: "a number greater than 0"), at: "multipleOf")
    return nil
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .number(let number) = value else { return true }
    if let small, let whole = Int(number.text), whole % small == 0 { return true }
    // Long numbers are long divisions: they count as the steps they last.
    run.steps -= number.text.utf8.count * divisor.text.utf8.count / 1000
    switch number.isMultiple(of: divisor) {
    case true?: return true
    case false?:
      return run.fail(.multiple(of: divisor.text, found: number.text), keyword: "multipleOf")
    case nil:
      run.abort = run.abort ?? .tooLong
      return false
    }
  }
}

/// `maximum` and `minimum` with their exclusive forms, which draft 4 writes as a flag beside the limit.
struct BoundsCheck: SchemaCheck {
  private struct Limit: Sendable {
    let keyword: String
    let number: JSONNumber
    let small: Int?
    let isExclusive: Bool

    init(_ keyword: String, _ number: JSONNumber, isExclusive: Bool) {
      self.keyword = keyword
      self.number = number
      small = Int(number.text)
      self.isExclusive = isExclusive
    }
  }

  private let isUpper: Bool
  private let limits: [Limit]

  static func upper(_ reader: SchemaReader) -> BoundsCheck? {
    BoundsCheck(reader, isUpper: true, "maximum", "exclusiveMaximum")
  }

  static func lower(_ reader: SchemaReader) -> BoundsCheck? {
    BoundsCheck(reader, isUpper: false, "minimum", "exclusiveMinimum")
  }

  private init?(_ reader: SchemaReader, isUpper: Bool, _ keyword: String, _ exclusive: String) {
    self.isUpper = isUpper
    if reader.dialect.draft == .draft4 {
      let isExclusive = reader.flag(exclusive) ?? false
      limits = reader.number(keyword).map { [Limit(keyword, $0, isExclusive: isExclusive)] } ?? []
    } else {
      limits = [(keyword, false), (exclusive, true)].compactMap { keyword, isExclusive in
        reader.number(keyword).map { Limit(keyword, $0, isExclusive: isExclusive) }
      }
    }
    if limits.isEmpty { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .number(let number) = value else { return true }
    var holds = true
    for limit in limits where !allows(number, limit) {
      holds = run.fail(problem(number, limit), keyword: limit.keyword)
    }
    return holds
  }

  private func allows(_ number: JSONNumber, _ limit: Limit) -> Bool {
    if let small = limit.small, let value = Int(number.text) {
      if value == small { return !limit.isExclusive }
      return (value < small) == isUpper
    }
    if number == limit.number { return !limit.isExclusive }
    return (number < limit.number) == isUpper
  }

  private func problem(_ number: JSONNumber, _ limit: Limit) -> SchemaViolation.Problem {
    isUpper
      ? .more(than: limit.number.text, found: number.text, isExclusive: limit.isExclusive)
      : .less(than: limit.number.text, found: number.text, isExclusive: limit.isExclusive)
  }
}

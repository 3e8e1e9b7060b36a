extension PatternTranslator {
  /// One member of a class: a scalar that may start or end a range, or a whole set.
  private enum Member {
    case scalar(UInt32)
    case surrogate(UInt32)
    case set(String)
  }

  mutating func characterClass() throws(PatternProblem) {
    position += 1
    let isNegated = take("^")
    var inside = ""
    while true {
      guard peek() != nil else { throw .unclosedClass }
      if take("]") { break }
      inside += try classItem()
    }
    switch (inside.isEmpty, isNegated) {
    case (true, false): emitAtom("(?!)")
    case (true, true): emitAtom(#"(?s:.)"#)
    case (false, _): emitAtom(isNegated ? "[^\(inside)]" : "[\(inside)]")
    }
  }

  private mutating func classItem() throws(PatternProblem) -> String {
    let start = position
    let low = try member()
    guard peek() == "-", let after = peek(1), after != "]" else { return Self.text(low) }
    let mark = position
    position += 1
    let high = try member()
    guard let from = Self.value(low), let to = Self.value(high) else {
      position = mark + 1
      return Self.text(low) + "\\-"
    }
    guard from <= to else {
      throw .reversedRange(Self.string(input[start..<position]))
    }
    return Self.range(from, to)
  }

  private mutating func member() throws(PatternProblem) -> Member {
    guard let next = peek() else { throw .unclosedClass }
    position += 1
    guard next == "\\" else { return .scalar(next.value) }
    guard let letter = peek() else { throw .endsInBackslash }
    if letter == "b" {
      position += 1
      return .scalar(0x08)
    }
    let start = position
    switch try meaning(letter) {
    case .scalar(let value): return .scalar(value)
    case .members(let set): return .set(set)
    case .nothing: return .surrogate(surrogate(from: start))
    }
  }

  /// The number of the lone surrogate that was just read, for ranges that start or end in one.
  private func surrogate(from start: Int) -> UInt32 {
    let digits = input[(start + 1)..<position].filter { $0 != "{" && $0 != "}" }
    return UInt32(Self.string(digits[...]), radix: 16) ?? 0xD800
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private static func value(_ member: Member) -> UInt32? {
    switch member {
    case .scalar(let value), .surrogate(let value): value
    case .set: nil
    }
  }

  private static func text(_ member: Member) -> String {
    switch member {
    case .scalar(let value): hex(value)
    case .surrogate: ""
    case .set(let text): text
    }
  }

  /// PCRE2 takes no surrogate as the end of a range; what lies between two of them matches nothing.
  private static func range(_ from: UInt32, _ to: UInt32) -> String {
    let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
    let low = surrogates.contains(from) ? 0xE000 : from
    let high = surrogates.contains(to) ? 0xD7FF : to
    return low <= high ? "\(hex(low))-\(hex(high))" : ""
  }
}

import EventLoop

/// Dates and times as people type them: `now-2h`, `today`, `tomorrow+9h`; and stepping the part under the cursor.
enum FormMoment {
  private static let day: Int64 = 86_400
  /// Years of four digits.
  private static let writable: ClosedRange<Int64> = 0...253_402_300_799
  private static let units: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": day, "w": 7 * day,
  ]

  /// The moment that the words mean, in seconds since 1970; nil for words that mean none.
  static func seconds(_ text: String, now: Int64) -> Int64? {
    let words = text.lowercased().filter { $0 != " " }
    let today = now - ((now % day) + day) % day
    let starts: [(String, Int64)] = [
      ("now", now), ("today", today), ("tomorrow", today + day), ("yesterday", today - day),
    ]
    guard let start = starts.first(where: { words.hasPrefix($0.0) }) else { return nil }
    return shifted(start.1, by: words.dropFirst(start.0.count))
  }

  private static func shifted(_ start: Int64, by steps: Substring) -> Int64? {
    var (moment, rest) = (start, steps)
    while let sign = rest.popFirst() {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard sign == "+" || sign == "-", digits.count < 9, let count = Int64(digits),
        let unit = rest.popFirst().flatMap({ units[$0] })
      else { return nil }
      moment += (sign == "+" ? 1 : -1) * count * unit
      guard writable.contains(moment) else { return nil }
    }
    return moment
  }

  /// A moment as a field of that format takes it, in UTC.
  static func text(_ seconds: Int64, _ format: String?) -> String? {
    let text = WallTime(microseconds: seconds * 1_000_000).description
    let whole = text.split(separator: ".").first.map { $0.hasSuffix("Z") ? String($0) : $0 + "Z" }
    guard let whole else { return nil }
    switch format {
    case "date-time": return whole
    case "date": return String(whole.prefix(10))
    case "time": return String(whole.dropFirst(11))
    default: return nil
    }
  }

  /// The text with the number under the cursor one higher or lower; nil where there is none.
  static func stepped(_ text: String, at cursor: Int, by step: Int) -> String? {
    let characters = Array(text)
    func isDigit(_ index: Int) -> Bool {
      characters.indices.contains(index) && characters[index].isASCII && characters[index].isNumber
    }
    let place = isDigit(cursor) ? cursor : cursor - 1
    guard isDigit(place) else { return nil }
    var (start, end) = (place, place)
    while isDigit(start - 1) { start -= 1 }
    while isDigit(end + 1) { end += 1 }
    let digits = String(characters[start...end])
    guard digits.count <= 4, let number = Int(digits), number + step >= 0 else { return nil }
    var new = String(number + step)
    while new.count < digits.count { new = "0" + new }
    guard new.count == digits.count else { return nil }
    return String(characters[..<start]) + new + String(characters[(end + 1)...])
  }
}

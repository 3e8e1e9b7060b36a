package import EventLoop

/// A day of the calendar, as `2026-08-14`.
package struct Day: Sendable, Hashable, Comparable {
  /// Since 1970-01-01.
  package let number: Int

  package init(number: Int) { self.number = number }

  package init(_ time: WallTime) {
    let (quotient, rest) = time.microseconds.quotientAndRemainder(dividingBy: Self.length)
    number = Int(rest < 0 ? quotient - 1 : quotient)
  }

  /// Nil for what is no day of the calendar.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Int(text.prefix(4)), let month = Int(text.dropFirst(5).prefix(2)),
      let day = Int(text.suffix(2)), year > 0, (1...12).contains(month), day > 0
    else { return nil }
    self.init(number: Self.number(year, month, day))
    guard description == text else { return nil }
  }

  private static let length: Int64 = 86_400_000_000

  package func advanced(by days: Int) -> Day { Day(number: number + days) }

  /// A moment of the day, that many minutes after midnight UTC.
  package func time(minute: Int = 0) -> WallTime {
    WallTime(microseconds: Int64(number) * Self.length + Int64(minute) * 60_000_000)
  }

  /// Monday is 0.
  package var weekday: Int { ((number + 3) % 7 + 7) % 7 }
  package var isWorkday: Bool { weekday < 5 }

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// Days since 1970 of a date of the Gregorian calendar, counted in eras that begin on the first of March.
  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}

extension Day: CustomStringConvertible {
  package var description: String { String(time().description.prefix(10)) }
}

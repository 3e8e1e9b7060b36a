import CLinux

/// A moment of the calendar, in microseconds since 1970 UTC.
package struct WallTime: Sendable, Hashable, Comparable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static var now: WallTime { WallTime(microseconds: al_wall_now() / 1000) }

  package func advanced(by duration: Duration) -> WallTime {
    let (sum, overflow) = microseconds.addingReportingOverflow(duration.nanoseconds / 1000)
    return WallTime(microseconds: overflow ? (duration < .zero ? .min : .max) : sum)
  }

  package static func < (left: WallTime, right: WallTime) -> Bool {
    left.microseconds < right.microseconds
  }
}

/// RFC 3339 in UTC with milliseconds, as `2026-07-28T09:05:00.250Z`.
extension WallTime: CustomStringConvertible {
  package var description: String {
    let (days, ofDay) = microseconds.flooredDivision(by: 86_400_000_000)
    let date = Self.civilDate(daysSince1970: days)
    let milliseconds = ofDay / 1000
    let fields: [(Int64, Int, String)] = [
      (date.year, 4, "-"), (date.month, 2, "-"), (date.day, 2, "T"),
      (milliseconds / 3_600_000, 2, ":"), (milliseconds / 60_000 % 60, 2, ":"),
      (milliseconds / 1000 % 60, 2, "."), (milliseconds % 1000, 3, "Z"),
    ]
    return fields.map { value, width, end in
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits + end
    }.joined()
  }

  /// The Gregorian date of a day number, counting in eras of 400 years that begin on the first of March.
  private static func civilDate(
    daysSince1970 days: Int64
  ) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

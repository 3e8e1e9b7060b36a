import EventLoop
import Glibc

/// Moments as people on this machine read them.
enum LocalTime {
  /// `09:05:00.250`.
  static func clock(_ time: WallTime) -> String {
    let parts = calendar(time)
    let fields = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int64($0), to: 2) }
    return "\(fields.joined(separator: ":")).\(padded(milliseconds(time), to: 3))"
  }

  /// `2026-07-28 09:05:00`.
  static func moment(_ time: WallTime) -> String {
    let parts = calendar(time)
    let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
    return date.map { padded(Int64($0), to: 2) }.joined(separator: "-") + " "
      + clock(time).prefix(8)
  }

  private static func calendar(_ time: WallTime) -> tm {
    var seconds = time_t(time.microseconds / 1_000_000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return parts
  }

  private static func milliseconds(_ time: WallTime) -> Int64 {
    abs(time.microseconds / 1000 % 1000)
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension LocalTime {
  /// Reads `15m`, `2h`, `3d`, a date, or a date with a time; nil for anything else.
  static func moment(reading text: String, now: WallTime) -> WallTime? {
    if let ago = ago(text) { return now.advanced(by: .zero - ago) }
    let zoned = text.hasSuffix("Z")
    let halves = (zoned ? text.dropLast() : text[...]).split { $0 == "T" || $0 == " " }
    guard let date = halves.first, halves.count <= 2,
      let days = numbers(date, by: "-"), days.count == 3
    else { return nil }
    guard halves.count == 2 else { return moment(days, [0, 0, 0], isUTC: zoned) }
    let parts = halves[1].split(separator: ".", omittingEmptySubsequences: false)
    guard let times = numbers(parts[0], by: ":"), (2...3).contains(times.count),
      parts.count == 1 || parts.count == 2 && times.count == 3,
      let fraction = parts.count == 2 ? microseconds(parts[1]) : 0
    else { return nil }
    let second = moment(days, times + [0], isUTC: zoned)
    return second.map { WallTime(microseconds: $0.microseconds + fraction) }
  }

  /// The digits behind the point of a second; those beyond the microsecond count for nothing.
  private static func microseconds(_ digits: Substring) -> Int64? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(digits.prefix(6) + String(repeating: "0", count: max(0, 6 - digits.count)))
  }

  private static let units: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  private static func ago(_ text: String) -> Duration? {
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (0...1_000_000).contains(count)
    else { return nil }
    return .seconds(count * unit)
  }

  private static func numbers(_ text: Substring, by separator: Character) -> [Int32]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false).map { Int32($0) }
    return parts.allSatisfy { $0.map { (0...9999).contains($0) } ?? false }
      ? parts.compactMap { $0 } : nil
  }

  private static func moment(_ days: [Int32], _ times: [Int32], isUTC: Bool) -> WallTime? {
    guard var parts = calendar(days), times[0] < 24, times[1] < 60, times[2] < 61 else {
      return nil
    }
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (times[0], times[1], times[2])
    parts.tm_isdst = -1
    let seconds = isUTC ? timegm(&parts) : mktime(&parts)
    return WallTime(microseconds: Int64(seconds) * 1_000_000)
  }

  /// Nil for a day that no calendar has: the library would take it for one of the next month.
  private static func calendar(_ days: [Int32]) -> tm? {
    var asked = tm()
    (asked.tm_year, asked.tm_mon, asked.tm_mday) = (days[0] - 1900, days[1] - 1, days[2])
    var found = asked
    _ = timegm(&found)
    return found.tm_mon == asked.tm_mon && found.tm_mday == asked.tm_mday ? asked : nil
  }
}

import EventLoop
import JSON

/// Moments and spans as logs write them.
enum LogMoment {
  /// A number since 1970 in whatever unit its size tells, or a date with a time by RFC 3339.
  static func read(_ value: JSONNode) -> WallTime? {
    if let text = value.string { return read(text) }
    return value.number.flatMap { number in
      number.int.map { read(count: Double($0)) } ?? read(count: number.double)
    }
  }

  private static let units: [(above: Double, perMicrosecond: Double)] = [
    (1e17, 1e-3), (1e14, 1), (1e11, 1e3), (0, 1e6),
  ]

  private static func read(count: Double) -> WallTime? {
    guard count.isFinite, count >= 0, let unit = units.first(where: { count >= $0.above }) else {
      return nil
    }
    let microseconds = count * unit.perMicrosecond
    return microseconds < 9e18 ? WallTime(microseconds: Int64(microseconds)) : nil
  }

  static func read(_ text: String) -> WallTime? {
    var text = text
    return text.withUTF8 { RFC3339.read($0) }
  }

  /// `2ms`, `1.5s`, `1m2.5s`, or a bare number in the unit that goes with the key.
  static func duration(_ value: JSONNode, _ unit: Double) -> Int64? {
    if let text = value.string { return duration(text, unit) }
    return value.number.flatMap { whole($0.double * unit) }
  }

  static func duration(_ text: String, _ unit: Double) -> Int64? {
    if let number = Double(text) { return whole(number * unit) }
    var total = 0.0
    var rest = text[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { !$0.isNumber }
      rest = rest.dropFirst(name.count)
      guard let count = Double(number), let factor = spans[String(name)] else { return nil }
      total += count * factor
    }
    return whole(total)
  }

  private static let spans: [String: Double] = [
    "ns": 1e-3, "us": 1, "µs": 1, "μs": 1, "ms": 1e3, "s": 1e6, "m": 6e7, "h": 3.6e9,
  ]

  private static func whole(_ microseconds: Double) -> Int64? {
    microseconds.isFinite && abs(microseconds) < 9e15 ? Int64(microseconds) : nil
  }
}

/// `2026-07-28T09:05:00.250Z`, read without making anything.
enum RFC3339 {
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> WallTime? {
    guard text.count >= 19, text[4] == 0x2D, text[7] == 0x2D, text[13] == 0x3A, text[16] == 0x3A,
      let year = number(text, 0, 4), let month = number(text, 5, 2), let day = number(text, 8, 2),
      let hour = number(text, 11, 2), let minute = number(text, 14, 2),
      let second = number(text, 17, 2), (1...12).contains(month),
      (1...length(of: month, year)).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    var place = 19
    var micros: Int64 = 0
    if place < text.count, text[place] == 0x2E || text[place] == 0x2C {
      place += 1
      var unit: Int64 = 100_000
      while place < text.count, digit(text[place]) != nil {
        micros += Int64(digit(text[place]) ?? 0) * unit
        unit /= 10
        place += 1
      }
    }
    let days = Self.days(year, month, day)
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return WallTime(microseconds: (seconds - offset(text, place)) * 1_000_000 + micros)
  }

  /// Seconds ahead of UTC.
  private static func offset(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int64 {
    guard place + 3 <= text.count, text[place] == 0x2B || text[place] == 0x2D,
      let hours = number(text, place + 1, 2)
    else { return 0 }
    let hasColon = place + 3 < text.count && text[place + 3] == 0x3A
    let minutes = number(text, place + (hasColon ? 4 : 3), 2) ?? 0
    let seconds = Int64(hours * 3600 + minutes * 60)
    return text[place] == 0x2B ? seconds : -seconds
  }

  private static func number(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    guard start + count <= text.count else { return nil }
    var value = 0
    for place in start..<start + count {
      guard let digit = digit(text[place]) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? {
    byte &- 0x30 < 10 ? Int(byte &- 0x30) : nil
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970 in the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return Int64(era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468)
  }
}

/// Dates with a time as people write them.
package enum LogTime {
  /// Microseconds since 1970 of a date with a time by RFC 3339.
  package static func read(_ text: String) -> Int64? { LogMoment.read(text)?.microseconds }
}

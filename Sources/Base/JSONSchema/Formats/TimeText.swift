/// Dates, times and durations of RFC 3339.
enum TimeText {
  static func isDateTime(_ text: String) -> Bool {
    var reader = ByteReader(text)
    return date(&reader) && reader.takeLetter("t") && time(&reader) && reader.isAtEnd
  }

  static func isDate(_ text: String) -> Bool {
    var reader = ByteReader(text)
    return date(&reader) && reader.isAtEnd
  }

  static func isTime(_ text: String) -> Bool {
    var reader = ByteReader(text)
    return time(&reader) && reader.isAtEnd
  }

  private static func date(_ reader: inout ByteReader) -> Bool {
    guard let year = reader.number(digits: 4), reader.take("-"),
      let month = reader.number(digits: 2), (1...12).contains(month), reader.take("-"),
      let day = reader.number(digits: 2)
    else { return false }
    return (1...days(in: month, of: year)).contains(day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func time(_ reader: inout ByteReader) -> Bool {
    guard let hour = reader.number(digits: 2), hour < 24, reader.take(":"),
      let minute = reader.number(digits: 2), minute < 60, reader.take(":"),
      let second = reader.number(digits: 2), second <= 60
    else { return false }
    if reader.take("."), reader.skipDigits() == 0 { return false }
    guard let offset = offset(&reader) else { return false }
    // A leap second ends a day of UTC, wherever the clock hangs.
    let minuteOfDay = (hour * 60 + minute - offset + 2 * 1440) % 1440
    return second < 60 || minuteOfDay == 1439
  }

  /// Minutes ahead of UTC.
  private static func offset(_ reader: inout ByteReader) -> Int? {
    if reader.takeLetter("z") { return 0 }
    let isAhead = reader.take("+")
    guard isAhead || reader.take("-"), let hour = reader.number(digits: 2), hour < 24,
      reader.take(":"), let minute = reader.number(digits: 2), minute < 60
    else { return nil }
    return (hour * 60 + minute) * (isAhead ? 1 : -1)
  }

  static func isDuration(_ text: String) -> Bool {
    var reader = ByteReader(text)
    guard reader.take("P") else { return false }
    if reader.next.map(ASCII.isDigit) == true {
      guard let count = units("YMD", &reader, alone: "W"), count > 0 else { return false }
    } else if reader.isAtEnd {
      return false
    }
    if reader.isAtEnd { return true }
    guard reader.take("T"), let count = units("HMS", &reader, alone: nil), count > 0 else {
      return false
    }
    return reader.isAtEnd
  }

  /// Counts of neighbouring units from larger to smaller; nil where they are out of order.
  private static func units(
    _ letters: String, _ reader: inout ByteReader, alone: Unicode.Scalar?
  ) -> Int? {
    var rest = Array(letters.unicodeScalars)
    var count = 0
    while reader.skipDigits() > 0 {
      if count == 0, let alone, reader.take(alone) { return reader.isAtEnd ? 1 : nil }
      guard let place = rest.firstIndex(where: { reader.take($0) }) else { return nil }
      if count > 0 && place > 0 { return nil }
      rest.removeFirst(place + 1)
      count += 1
    }
    return count
  }
}

import JSON

/// Dates and times of TOML: kept as text, checked against the calendar.
enum TOMLDate {
  /// Nil where the text does not begin like a date or a time.
  static func read(
    _ text: String, fail: (TOMLProblem) -> TOMLFailure
  ) throws(TOMLFailure) -> ConfigNode.Value? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 5, TOMLCursor.isDigit(bytes[0]), bytes[4] == 0x2D || bytes[2] == 0x3A
    else { return nil }
    guard let tag = kind(of: bytes) else { throw fail(.badDate(text)) }
    return .scalar(.string(text), tag)
  }

  private static func kind(of bytes: [UInt8]) -> ConfigNode.Tag? {
    if bytes[2] == 0x3A { return endOfTime(bytes, from: 0) == bytes.count ? .localTime : nil }
    guard isDate(bytes) else { return nil }
    if bytes.count == 10 { return .localDate }
    guard [0x54, 0x74, 0x20].contains(bytes[10]), let end = endOfTime(bytes, from: 11) else {
      return nil
    }
    if end == bytes.count { return .localDateTime }
    return isOffset(bytes[end...]) ? .offsetDateTime : nil
  }

  private static func isDate(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
      let day = number(bytes, 8, 2), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// Where `hh:mm:ss[.fraction]` ends, nil where it is none. A leap second may stand.
  private static func endOfTime(_ bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= start + 8, bytes[start + 2] == 0x3A, bytes[start + 5] == 0x3A,
      let hour = number(bytes, start, 2), let minute = number(bytes, start + 3, 2),
      let second = number(bytes, start + 6, 2), hour < 24, minute < 60, second < 61
    else { return nil }
    var end = start + 8
    guard end < bytes.count, bytes[end] == 0x2E else { return end }
    let fraction = bytes[(end + 1)...].prefix(while: TOMLCursor.isDigit)
    end += 1 + fraction.count
    return fraction.isEmpty ? nil : end
  }

  private static func isOffset(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(bytes)
    if bytes == [0x5A] || bytes == [0x7A] { return true }
    guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A,
      let hour = number(bytes, 1, 2), let minute = number(bytes, 4, 2)
    else { return false }
    return hour < 24 && minute < 60
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
    let digits = bytes[start..<start + count]
    guard digits.allSatisfy(TOMLCursor.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

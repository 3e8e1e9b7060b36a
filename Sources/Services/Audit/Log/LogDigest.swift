import EventLoop
import Glibc

/// What questions are asked of a part, column by column: made once, so that asking costs next to nothing.
package final class LogDigest: Sendable {
  package let count: Int
  /// Microseconds since 1970; the least number where a row has no time.
  package let times: [Int64]
  let levels: [UInt8]
  let verdicts: [UInt8]
  let durations: [Int64]
  let sizes: [UInt32]
  /// Everything that words are looked for in, in small letters, a line a row.
  private let text: [UInt8]
  private let ends: [UInt32]
  private let columns: [[UInt32]]
  private let names: [String]

  package static let noTime = Int64.min

  package init(_ lines: LogLines, _ profile: LogProfile) {
    var maker = Maker(lines.count)
    for row in 0..<lines.count {
      let line = lines.bytes(of: row)
      maker.add(profile.record(line), size: line.count)
    }
    count = lines.count
    times = maker.times
    levels = maker.levels
    verdicts = maker.verdicts
    durations = maker.durations
    sizes = maker.sizes
    text = maker.text
    ends = maker.ends
    columns = maker.columns
    names = maker.names
  }

  package func level(of row: Int) -> LogRecord.Level {
    LogRecord.Level(rawValue: levels[row]) ?? .info
  }

  package func verdict(of row: Int) -> LogRecord.Verdict {
    LogRecord.Verdict(rawValue: verdicts[row]) ?? .open
  }

  package func text(of field: LogField, _ row: Int) -> String {
    guard let column = LogField.countable.firstIndex(of: field) else { return "" }
    return names[Int(columns[column][row])]
  }

  // MARK: - Questions

  /// Rows that hold the text, which is in small letters.
  package func rows(holding needle: [UInt8]) -> RowBits {
    guard !needle.isEmpty else { return RowBits(count, all: true) }
    var bits = RowBits(count)
    text.withUnsafeBytes { all in
      var row = 0
      var place = 0
      while let found = Self.place(of: needle, in: all, from: place) {
        while Int(ends[row]) <= found { row += 1 }
        bits.insert(row)
        place = Int(ends[row])
      }
    }
    return bits
  }

  private static func place(
    of needle: [UInt8], in text: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    guard let base = text.baseAddress, needle.count <= text.count else { return nil }
    let last = text.count - needle.count
    var place = start
    while place <= last,
      let found = memchr(base + place, Int32(needle[0]), last - place + 1)
    {
      place = found - UnsafeMutableRawPointer(mutating: base)
      if memcmp(base + place, needle, needle.count) == 0 { return place }
      place += 1
    }
    return nil
  }

  /// Rows whose field is one of those that the test takes; it is asked once for each value.
  package func rows(where field: LogField, _ isMeant: (String) -> Bool) -> RowBits {
    guard let index = LogField.countable.firstIndex(of: field) else { return RowBits(count) }
    var known: [UInt32: Bool] = [:]
    return RowBits(count) { row in
      let name = columns[index][row]
      if let answer = known[name] { return answer }
      let answer = isMeant(names[Int(name)])
      known[name] = answer
      return answer
    }
  }

  package func rows(from level: LogRecord.Level) -> RowBits {
    RowBits(count) { levels[$0] >= level.rawValue }
  }

  package func rows(since: Int64?, until: Int64?) -> RowBits {
    RowBits(count) { row in
      let time = times[row]
      return (since.map { time >= $0 } ?? true) && (until.map { time < $0 } ?? true)
    }
  }

  /// Rows with trouble: refused or failed, or worse by their level.
  package var troubled: RowBits {
    RowBits(count) { row in
      verdicts[row] == LogRecord.Verdict.denied.rawValue
        || verdicts[row] == LogRecord.Verdict.failed.rawValue
        || levels[row] >= LogRecord.Level.error.rawValue
    }
  }

  package func rows(lasting isMeant: (Double) -> Bool) -> RowBits {
    RowBits(count) { durations[$0] >= 0 && isMeant(Double(durations[$0]) / 1000) }
  }

  package func rows(sized isMeant: (Double) -> Bool) -> RowBits {
    RowBits(count) { isMeant(Double(sizes[$0])) }
  }
}

extension LogDigest: Hashable {
  package static func == (left: LogDigest, right: LogDigest) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The columns while rows come in.
private struct Maker {
  var times: [Int64] = []
  var levels: [UInt8] = []
  var verdicts: [UInt8] = []
  var durations: [Int64] = []
  var sizes: [UInt32] = []
  var text: [UInt8] = []
  var ends: [UInt32] = []
  var columns: [[UInt32]]
  var names = [""]
  private var known: [String: UInt32] = ["": 0]

  private static let longest = 2000

  init(_ count: Int) {
    columns = [[UInt32]](repeating: [], count: LogField.countable.count)
    for index in columns.indices { columns[index].reserveCapacity(count) }
    times.reserveCapacity(count)
    text.reserveCapacity(count * 160)
    ends.reserveCapacity(count)
  }

  mutating func add(_ record: LogRecord, size: Int) {
    times.append(record.at?.microseconds ?? LogDigest.noTime)
    levels.append(record.level.rawValue)
    verdicts.append(record.verdict.rawValue)
    durations.append(record.microseconds ?? -1)
    sizes.append(UInt32(clamping: size))
    for (index, field) in LogField.countable.enumerated() {
      columns[index].append(name(field.text(of: record)))
    }
    for field in LogField.allCases { fold(field.text(of: record)) }
    text[text.count - 1] = 0x0A
    ends.append(UInt32(text.count))
  }

  private mutating func name(_ value: String) -> UInt32 {
    if let index = known[value] { return index }
    let index = UInt32(names.count)
    names.append(value)
    known[value] = index
    return index
  }

  private mutating func fold(_ value: String) {
    var value = value
    value.withUTF8 { bytes in
      for byte in bytes.prefix(Self.longest) {
        text.append(byte &- 0x41 < 26 ? byte | 0x20 : byte == 0x0A ? 0x20 : byte)
      }
    }
    text.append(0x09)
  }
}

import JSON

/// How one program writes its audit log: a row of keys and what they mean.
package struct LogProfile: Sendable, Identifiable {
  /// What the value of a key means.
  indirect enum Meaning: Sendable {
    case field(any WritableKeyPath<LogRecord, String> & Sendable)
    /// The same where nothing else of the row says it.
    case fallback(any WritableKeyPath<LogRecord, String> & Sendable)
    case time
    case level
    case outcome
    /// Whether it went well, as a truth value.
    case success
    /// An HTTP status.
    case status
    /// A number of these, or a text with its unit.
    case duration(microseconds: Double)
    /// Kept as the JSON it is.
    case raw(any WritableKeyPath<LogRecord, String> & Sendable)
    /// Says that it failed by being there.
    case failure
    case inside([Key])
  }

  struct Key: Sendable {
    let name: String
    let meaning: Meaning

    init(_ name: String, _ meaning: Meaning) {
      self.name = name
      self.meaning = meaning
    }
  }

  /// As `--profile` names it.
  package let id: String
  package let title: String
  let keys: [Key]
  /// A line is of this profile where it has one key of each.
  let marks: [[String]]
  /// Reads a line that is no JSON; nil where the program writes no such lines.
  let plain: (@Sendable (String) -> LogRecord?)?
  /// Its rows can be chained by hashes.
  package let isChained: Bool

  init(
    _ id: String, _ title: String, marks: [[String]], isChained: Bool = false,
    plain: (@Sendable (String) -> LogRecord?)? = nil, keys: [Key]
  ) {
    self.id = id
    self.title = title
    self.marks = marks
    self.isChained = isChained
    self.plain = plain
    self.keys = keys
  }

  package static func named(_ name: String) -> LogProfile? { all.first { $0.id == name } }

  private static let looked = 20

  /// The profile that most of the first lines have the marks of.
  package static func of(_ lines: LogLines) -> LogProfile {
    var votes: [String: Int] = [:]
    for row in 0..<min(lines.count, looked) {
      if let id = id(of: lines.bytes(of: row)) { votes[id, default: 0] += 1 }
    }
    let best = votes.max { $0.value < $1.value }
    return best.flatMap { named($0.key) } ?? json
  }

  private static func id(of line: ArraySlice<UInt8>) -> String? {
    do throws(JSONError) {
      let root = try JSONDocument(Array(line)).root
      let names = Set(root.members.map(\.key))
      return all.first { profile in
        !profile.marks.isEmpty && profile.marks.allSatisfy { !names.isDisjoint(with: $0) }
      }?.id
    } catch {
      let text = String(decoding: line, as: UTF8.self)
      return all.first { $0.plain?(text) != nil }?.id
    }
  }
}

extension LogProfile: Hashable {
  package static func == (left: LogProfile, right: LogProfile) -> Bool { left.id == right.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

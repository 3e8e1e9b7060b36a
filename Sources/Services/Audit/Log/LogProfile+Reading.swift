import EventLoop
import JSON

extension LogProfile {
  /// Reads a line; one that is no JSON is a row all the same, and says so.
  package func record(_ line: ArraySlice<UInt8>) -> LogRecord {
    do throws(JSONError) {
      let root = try JSONDocument(Array(line)).root
      guard root.kind == .object else { return odd(line, "it is JSON, but no object") }
      var record = LogRecord()
      var reading = Reading()
      read(root, keys, &record, &reading)
      reading.settle(&record)
      return record
    } catch {
      let text = String(decoding: line, as: UTF8.self)
      if let plain, let record = plain(text) { return record }
      return odd(line, line.isEmpty ? "it is empty" : "it is no JSON: \(error)")
    }
  }

  private func odd(_ line: ArraySlice<UInt8>, _ why: String) -> LogRecord {
    var record = LogRecord()
    record.level = .warning
    record.kind = "unreadable"
    record.detail = String(decoding: line.prefix(4096), as: UTF8.self)
    record.oddity = why
    return record
  }

  /// What is known so far of things that several keys tell.
  private struct Reading {
    var level: LogRecord.Level?
    var status: Int?
    var hasFailed = false
    var fallbacks: [(path: WritableKeyPath<LogRecord, String>, text: String)] = []

    func settle(_ record: inout LogRecord) {
      for (path, text) in fallbacks where record[keyPath: path].isEmpty {
        record[keyPath: path] = text
      }
      if record.outcome.isEmpty {
        if let status { record.outcome = String(status) }
        if hasFailed { record.outcome = "error" }
      }
      record.verdict = OutcomeWord.verdict(of: record.outcome)
      record.level = level ?? record.verdict.level
      // What was refused or failed is never less than a warning, whatever its writer thinks.
      if record.verdict == .denied || record.verdict == .failed {
        record.level = max(record.level, record.verdict.level)
      }
    }
  }

  /// Keys mostly come in the order of the row: the one behind the last that was found is tried first.
  private func read(
    _ node: JSONNode, _ keys: [Key], _ record: inout LogRecord, _ reading: inout Reading
  ) {
    var next = 0
    for member in node.members {
      guard let place = place(of: member, keys, from: next) else { continue }
      next = place + 1
      take(member.value, keys[place].meaning, &record, &reading)
    }
  }

  private func place(of member: JSONNode.Member, _ keys: [Key], from start: Int) -> Int? {
    for step in 0..<keys.count {
      let place = (start + step) % keys.count
      if member.has(keys[place].name) { return place }
    }
    return nil
  }

  private func take(
    _ value: JSONNode, _ meaning: Meaning, _ record: inout LogRecord, _ reading: inout Reading
  ) {
    guard !value.isNull else { return }
    switch meaning {
    case .field(let path):
      // Of two keys that say the same the first counts.
      if record[keyPath: path].isEmpty { record[keyPath: path] = Self.text(value) }
    case .fallback(let path): reading.fallbacks.append((path, Self.text(value)))
    case .time: record.at = record.at ?? LogMoment.read(value)
    case .level: reading.level = value.string.flatMap(Self.level) ?? reading.level
    case .outcome: record.outcome = Self.text(value)
    case .success:
      if record.outcome.isEmpty { record.outcome = value.bool == false ? "error" : "ok" }
    case .status: reading.status = value.int ?? reading.status
    case .duration(let unit):
      record.microseconds = record.microseconds ?? LogMoment.duration(value, unit)
    case .raw(let path):
      if record[keyPath: path].isEmpty { record[keyPath: path] = Self.raw(value) }
    case .failure:
      let text = Self.text(value)
      reading.hasFailed = reading.hasFailed || !text.isEmpty
      if record.detail.isEmpty { record.detail = text }
    case .inside(let keys): read(value, keys, &record, &reading)
    }
  }

  private static func text(_ value: JSONNode) -> String {
    value.string ?? (value.isNull ? "" : String(decoding: value.rawBytes, as: UTF8.self))
  }

  /// Of JSON that was put into a text, the text.
  private static func raw(_ value: JSONNode) -> String {
    guard let text = value.string else { return String(decoding: value.rawBytes, as: UTF8.self) }
    return text.first == "{" || text.first == "[" ? text : JSON.string(text).compact
  }

  /// `INFO+2` is a level between two; it counts as the lower one.
  private static func level(_ word: String) -> LogRecord.Level? {
    let name = word.lowercased().prefix { $0.isLetter }
    return levels.first { $0.words.contains(String(name)) }?.level
  }

  private static let levels: [(level: LogRecord.Level, words: Set<String>)] = [
    (.debug, ["trace", "debug", "verbose"]), (.info, ["info", "notice", "information", "audit"]),
    (.warning, ["warn", "warning"]),
    (.error, ["error", "err", "fatal", "critical", "alert", "emergency", "panic"]),
  ]
}

extension LogRecord.Verdict {
  var level: LogRecord.Level {
    switch self {
    case .fine, .open: .info
    case .denied: .warning
    case .failed: .error
    }
  }
}

/// The words that logs have for how something ended.
enum OutcomeWord {
  private static let words: [String: LogRecord.Verdict] = [
    "ok": .fine, "success": .fine, "succeeded": .fine, "allow": .fine, "allowed": .fine,
    "permit": .fine, "granted": .fine, "true": .fine, "completed": .fine, "done": .fine,
    "denied": .denied, "deny": .denied, "refused": .denied, "forbidden": .denied,
    "unauthorized": .denied, "blocked": .denied, "rejected": .denied, "block": .denied,
    "failed": .failed, "failure": .failed, "error": .failed, "tool-error": .failed,
    "application_error": .failed, "false": .failed, "timeout": .failed, "cancelled": .failed,
    "fail": .failed,
  ]

  static func verdict(of word: String) -> LogRecord.Verdict {
    if let status = Int(word) { return verdict(ofStatus: status) }
    return words[word] ?? words[word.lowercased()] ?? .open
  }

  private static func verdict(ofStatus status: Int) -> LogRecord.Verdict {
    switch status {
    case 401, 403, 429: .denied
    case 400...: .failed
    case 100...: .fine
    default: .open
    }
  }
}

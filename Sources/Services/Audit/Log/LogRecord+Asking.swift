import EventLoop
package import JSON

extension LogRecord {
  /// Whether the filter of a store would take it; outcomes count by what they mean, since every log has its own words.
  package func matches(_ filter: AuditFilter) -> Bool {
    func isOne(_ wanted: [String], _ own: String) -> Bool { wanted.isEmpty || wanted.contains(own) }
    guard isOne(filter.kinds, kind), isOne(filter.principals, actor), isOne(filter.systems, system),
      isOne(filter.tools, tool),
      filter.credentials.isEmpty || filter.credentials.contains(where: credential.hasPrefix)
    else { return false }
    if filter.since != nil || filter.until != nil {
      guard let at, filter.since.map({ at >= $0 }) ?? true, filter.until.map({ at < $0 }) ?? true
      else { return false }
    }
    if !filter.outcomes.isEmpty,
      !filter.outcomes.contains(where: {
        $0.rawValue == outcome || OutcomeWord.verdict(of: $0.rawValue) == verdict
      })
    {
      return false
    }
    if let slower = filter.slowerThan {
      let least =
        slower.components.seconds * 1_000_000
        + slower.components.attoseconds / 1_000_000_000_000
      guard let microseconds, microseconds >= least else { return false }
    }
    guard let text = filter.text, !text.isEmpty else { return true }
    return arguments.contains(text) || detail.contains(text)
  }

  /// The record in our words, whoever wrote it.
  package func json(number: Int) -> JSON {
    var object: JSONObject = ["number": .number(JSONNumber(number))]
    object["time"] = at.map { .string($0.description) }
    object["level"] = .string(level.word)
    for field in LogField.allCases where field != .level && field != .arguments {
      let text = field.text(of: self)
      if !text.isEmpty { object[field.rawValue] = .string(text) }
    }
    if !arguments.isEmpty {
      do throws(JSONError) { object["arguments"] = try JSON.parse(arguments) } catch {
        object["arguments"] = .string(arguments)
      }
    }
    object["microseconds"] = microseconds.map { .number(JSONNumber($0)) }
    object["oddity"] = oddity.map(JSON.string)
    return .object(object)
  }
}

import Audit
import EventLoop

/// Which rows of a log are shown: a floor, a window of time, a stack of filters, and the one being typed.
struct AuditQuery: Sendable, Hashable {
  /// One filter of the stack.
  struct Rule: Sendable, Hashable {
    let text: String
    let expression: FilterExpression
    var isOn = true
    /// Rows that it takes are left out.
    var isExcluding = false
  }

  enum Mode: String, Sendable, Hashable {
    case all = "AND"
    case any = "OR"
  }

  var floor = LogRecord.Level.debug
  var since: Int64?
  var until: Int64?
  var rules: [Rule] = []
  var mode = Mode.all
  var typed = ""
  private(set) var typedExpression: FilterExpression?

  /// Nothing is left out.
  var isEmpty: Bool {
    floor == .debug && since == nil && until == nil && typedExpression == nil
      && !rules.contains(where: \.isOn)
  }

  mutating func type(_ text: String) {
    typed = text
    do throws(FilterProblem) {
      typedExpression = text.isEmpty ? nil : try FilterExpression(text)
    } catch { typedExpression = nil }
  }

  /// What the filters beside the typed one say, for the head of the view.
  var words: [String] {
    var words: [String] = []
    if floor > .debug { words.append("\(floor.word)+") }
    if since != nil || until != nil { words.append("window") }
    let active = rules.filter(\.isOn)
    if !active.isEmpty {
      words.append("\(active.count) filter\(active.count == 1 ? "" : "s") \(mode.rawValue)")
    }
    return words
  }
}

/// A window of time as a person types it.
enum AuditWindow {
  /// `15m` is from then on; `A..B` from A until B, each a span before now or a date with a time in UTC; empty is no window.
  static func read(_ text: String, now: Int64) -> (since: Int64?, until: Int64?)? {
    let text = text.filter { $0 != " " }
    guard let dots = text.firstRange(of: "..") else {
      return text.isEmpty ? (nil, nil) : moment(text[...], now).map { ($0, nil) }
    }
    let (start, end) = (text[..<dots.lowerBound], text[dots.upperBound...])
    let since = moment(start, now)
    let until = moment(end, now)
    guard start.isEmpty || since != nil, end.isEmpty || until != nil else { return nil }
    return (since, until)
  }

  private static let units: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  private static func moment(_ text: Substring, _ now: Int64) -> Int64? {
    if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (0...1_000_000).contains(count)
    {
      return now - count * unit * 1_000_000
    }
    let padded = text.count == 10 ? text + "T00:00:00Z" : text.count == 16 ? text + ":00Z" : text
    return LogTime.read(String(padded))
  }
}

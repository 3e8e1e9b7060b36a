import Operations
import SafeText
import TerminalCore
import Widgets

/// A call in words, for its title, the running strip and lists.
enum CallWords {
  private static let barWidth = 10

  static func outcome(_ record: CallRecord, now: Int64) -> Span {
    switch record.phase {
    case .running: Span("running \(elapsed(record, now))", .stateRun)
    case .done(let report):
      Span(
        "\(report.isError ? "error" : "ok") \(report.duration.wholeMilliseconds)ms \(size(report.bytes))",
        report.isError ? .stateError : .stateOK)
    case .failed: Span("failed", .stateError)
    case .cancelled: Span("cancelled", .stateWarn)
    }
  }

  static func elapsed(_ record: CallRecord, _ now: Int64) -> String {
    elapsed(now - record.started.steady)
  }

  static func elapsed(_ milliseconds: Int64) -> String {
    let tenths = max(0, milliseconds) / 100
    return "\(tenths / 10).\(tenths % 10)s"
  }

  /// Of any number that a file may hold.
  static func milliseconds(_ value: Double) -> String {
    "\(Int(value.isFinite ? min(max(0, value), 1e12) : 0))"
  }

  static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1_000: "\(bytes)B"
    case ..<1_000_000: "\(bytes / 1_000).\(bytes / 100 % 10)kB"
    default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10)MB"
    }
  }

  /// `.. #13 slow_sync  40% ####------  4.2s  indexing`
  static func progress(_ record: CallRecord, now: Int64, _ signs: SignSet) -> [Span] {
    var spans = [
      Span(".. ", .stateRun), Span("#\(record.id) \(signs.safe(record.name, limit: 40).text)  "),
    ]
    if let fraction = record.progress?.fraction, fraction.isFinite {
      let share = min(max(fraction, 0), 1)
      let full = Int((share * Double(barWidth)).rounded(.down))
      let bar = String(repeating: "#", count: full) + String(repeating: "-", count: barWidth - full)
      spans.append(Span("\(Int(share * 100))% \(bar)  ", .stateRun))
    }
    spans.append(Span(elapsed(record, now), .dim))
    if let message = record.progress?.message {
      spans.append(Span("  " + signs.safe(message, limit: 200).text, .dim))
    }
    return spans
  }
}

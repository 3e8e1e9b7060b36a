import JSON
import MCPProtocol
import Operations
import SafeText

/// A call of an earlier run, looked at like one of this run. Its number is below zero, so that it is never taken for one.
extension CallRecord {
  /// Nil where the history holds no answer to look at.
  init?(_ call: PastCall, link: Link.ID?) {
    let isError = call.answer.saysError
    guard !call.answer.isNull, call.isFine || isError, let number = Int(exactly: call.number) else {
      return nil
    }
    let order = call.order ?? .raw(call.method, params: call.params)
    let report = CallReport(
      result: call.answer, isError: isError,
      duration: .milliseconds(Int64(min(max(0, call.milliseconds), 1e12))), task: nil, rounds: 0,
      issues: [], bytes: call.bytes)
    self.init(
      id: -number, link: link ?? 0, server: call.target, order: order,
      started: ConsoleTime(steady: 0, wall: call.at), phase: .done(report))
  }

  var isPast: Bool { id < 0 }

  /// What was sent, where the wire does not tell it any more.
  var pastAsked: JSON? { isPast ? arguments ?? [:] : nil }

  /// Secrets of it were masked when it was kept.
  var holdsMask: Bool {
    isPast && (name.contains(Secret.mask) || arguments?.holdsMask == true)
  }

  /// What its row in the list of calls is known by.
  var rowKey: String { isPast ? "\(-id)" : "#\(id)" }

  /// As lists and titles name it.
  var label: String { isPast ? "history \(-id)" : "#\(id)" }
}

extension ConsoleState {
  /// The view of a call of an earlier run: its answer as any other where there is one, else what is known of it.
  mutating func openPast(_ call: PastCall) -> [Effect] {
    let link = links.values.first { $0.isOpen && $0.facts?.target == call.target }
    guard let record = CallRecord(call, link: link?.id) else {
      return enter(Screen(.pastCall, subject: "\(call.number)"))
    }
    calls[record.id] = record
    return enter(Screen(.result, link: link?.id, subject: "#\(record.id)"))
  }
}

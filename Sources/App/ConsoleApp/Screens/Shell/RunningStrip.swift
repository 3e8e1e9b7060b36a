import Operations
import SafeText
import TerminalCore
import Widgets

/// The calls that run, above the status line: everything that takes long enough to wonder about.
struct RunningStrip {
  private static let shownAfter: Int64 = 150
  private static let mostLines = 2
  private static let fromHeight = 14

  private let state: ConsoleState
  private let calls: [CallRecord]

  init(_ state: ConsoleState) {
    self.state = state
    let shown = state.call(of: state.screen)?.id
    calls =
      state.size.height < Self.fromHeight
      ? []
      : state.running.filter {
        $0.id != shown && state.time.steady - $0.started.steady >= Self.shownAfter
      }
  }

  /// A question that waits while something else is looked at.
  private var question: PendingQuestion? {
    guard state.size.height >= Self.fromHeight, state.screen.id != .question else { return nil }
    return state.questions.first
  }

  /// What is made of the answer that is shown.
  private var work: ResultWork.Running? {
    guard state.size.height >= Self.fromHeight, let work = state.result?.running,
      state.time.steady - work.since >= Self.shownAfter
    else { return nil }
    return work
  }

  var showsWork: Bool { work != nil }

  var lines: Int {
    min(Self.mostLines, calls.count) + (question == nil ? 0 : 1) + (work == nil ? 0 : 1)
  }

  func draw(on canvas: inout Canvas) {
    let place = ShellLayout(state).strip
    let start = question == nil ? 0 : 1
    if let question {
      let words = state.signs.safe(question.message, limit: 300).text
      let name = state.signs.safe(state.name(of: question.link), limit: 60).text
      let count = state.questions.count
      Bar(
        left: [Span("? \(name) asks: ", .stateWarn), Span(words)],
        right: [
          Span(
            "\(count > 1 ? "\(count) wait, " : "")\(state.key(of: "question.open")) answers", .hint)
        ]
      ).draw(on: &canvas, in: place.row(0))
    }
    if let work, let record = state.call(of: state.screen) {
      let size = CallWords.size(record.report?.bytes ?? 0)
      let time = CallWords.elapsed(state.time.steady - work.since)
      Bar(
        left: [
          Span(".. ", .stateRun), Span("\(work.wish.words) \(record.label), \(size)"),
          Span("  \(time)", .dim),
        ], right: [Span("\(state.key(of: "call.cancel")) cancels", .hint)]
      ).draw(on: &canvas, in: place.row(place.height - 1))
    }
    for (y, call) in calls.suffix(Self.mostLines).enumerated() {
      let words = CallWords.progress(call, now: state.time.steady, canvas.signs)
      let more = y == 0 && calls.count > Self.mostLines ? "\(calls.count) run  " : ""
      Bar(left: words, right: [Span("\(more)\(state.key(of: "call.cancel")) cancels", .hint)])
        .draw(
          on: &canvas, in: Rect(x: place.x, y: place.y + start + y, width: place.width, height: 1))
    }
  }
}

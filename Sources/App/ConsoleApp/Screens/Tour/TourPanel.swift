import SafeText
import TerminalCore
import Widgets

/// The words of the tour below the view.
struct TourPanel {
  private static let most = 4
  private static let least = 2
  private static let fromHeight = 20

  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  /// Lines that the panel takes: its heading and the words.
  var lines: Int {
    guard state.tour != nil else { return 0 }
    return state.size.height < Self.fromHeight ? Self.least + 1 : Self.most + 1
  }

  func draw(on canvas: inout Canvas) {
    guard let tour = state.tour, let step = tour.step else { return }
    let (head, room) = ShellLayout(state).tour.splitTop(1)
    let count = TourStep.all.count
    Bar(
      left: [
        Span("TOUR \(tour.index + 1)/\(count) ", .stateWarn), Span(step.title, .title), sign(tour),
      ], right: [Span(hint(tour, step), .hint)]
    ).draw(on: &canvas, in: head)
    words(tour, step).draw(on: &canvas, in: room.inset(horizontal: 1))
  }

  /// The same for people who hear it: how far the tour is, its words, and the keys.
  var spoken: String {
    guard let tour = state.tour, let step = tour.step else { return "" }
    let head = "tour \(tour.index + 1) of \(TourStep.all.count), \(step.title)"
    let sign = sign(tour).text.drop { $0 == " " }
    let said = ([head] + (sign.isEmpty ? [] : [sign.lowercased()])).joined(separator: ", ")
    let keys = hint(tour, step).replacing("  ", with: ", ")
    return
      "\(said)\n\(sentence(tour, step))\nkeys: \(keys), \(state.key(of: "tour.end")) ends the tour"
  }

  private func sentence(_ tour: TourState, _ step: TourStep) -> String {
    switch tour.phase {
    case .told, .doing: step.before(state)
    case .seen: step.after(state)
    case .failed(let sentence): state.signs.safe(sentence, limit: 2_000).text
    }
  }

  private func sign(_ tour: TourState) -> Span {
    switch tour.phase {
    case .told: Span("")
    case .doing: Span("  doing it", .stateRun)
    case .seen: Span("  done", .stateOK)
    case .failed: Span("  FAILED", .stateError)
    }
  }

  private func hint(_ tour: TourState, _ step: TourStep) -> String {
    let next = state.keymap.key(of: "tour.next").map { Keymap.label($0, state.signs) }
    let enter = next ?? state.key(of: "tour.next")
    let skip = "\(state.key(of: "tour.skip")) skips"
    switch tour.phase {
    case .doing: return skip
    case .told where !step.moves.isEmpty: return "\(enter) does it  \(skip)"
    case .failed: return "\(enter) tries again  \(skip)"
    default: return "\(enter) goes on"
    }
  }

  private func words(_ tour: TourState, _ step: TourStep) -> TextView {
    var lines = Lines(signs: state.signs)
    if case .failed = tour.phase {
      lines.block(sentence(tour, step), .error)
    } else {
      lines.block(sentence(tour, step))
    }
    return lines.text
  }
}

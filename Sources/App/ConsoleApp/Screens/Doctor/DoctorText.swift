import Diagnostics
import JSON
import SafeText
import TerminalCore
import Widgets

/// Findings in words: beside the list, over the whole frame, and as files.
enum DoctorText {
  /// The row under the cursor of the list, also while its own view is open.
  static func current(_ state: ConsoleState) -> DoctorState.Row? {
    let line = state.screen.id == .doctor ? state.list.current : state.current(of: list(state))
    return state.doctor.row(line)
  }

  private static func list(_ state: ConsoleState) -> Screen {
    state.route.last { $0.id == .doctor } ?? Screen(.doctor)
  }

  static func finding(_ state: ConsoleState) -> TextView {
    current(state).map { of($0, state.signs) } ?? TextView([.init("it is gone", .dim)])
  }

  static func of(_ row: DoctorState.Row, _ signs: SignSet) -> TextView {
    var lines = Lines(signs: signs)
    lines.title(row.title)
    guard let finding = row.finding else {
      lines.plain("It has not come to this yet.", .dim)
      return lines.text
    }
    lines.add("state", finding.status.rawValue, DoctorScreen.role(finding.status))
    lines.add("name", finding.id)
    lines.gap()
    lines.block(finding.cause, finding.status == .error ? .error : .text)
    if let fix = finding.fix {
      lines.gap()
      lines.plain("What to do", .title)
      lines.block(fix)
    }
    guard !finding.evidence.isEmpty else { return lines.text }
    lines.gap()
    lines.plain("Evidence", .title)
    for evidence in finding.evidence { lines.add(evidence.name, evidence.value) }
    return lines.text
  }

  static func empty(_ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    guard state.doctor.subject != nil else {
      lines.plain("No server was chosen yet.", .title)
      lines.plain(
        "\(state.key(of: "doctor.source")) chooses one; \(state.key(of: "go.doctor")) on a server of the "
          + "list examines that one.")
      return lines.text
    }
    switch state.doctor.run.phase {
    case .running: lines.plain("looking at what the server offers", .stateRun)
    case .failed(let sentence):
      lines.plain("It could not be reviewed.", .title)
      lines.block(sentence, .error)
      lines.gap()
      lines.plain("\(state.key(of: "doctor.next")) walks the way to the server and says why.")
    default:
      lines.plain("It was not reviewed yet.", .title)
      lines.plain(
        "\(state.key(of: "view.refresh")) does: names, schemas, annotations, costs, hidden text, "
          + "and some calls that only read.")
    }
    return lines.text
  }

  // MARK: - The bundle

  static func bundle(_ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    guard let bundle = state.doctor.bundle else {
      lines.plain("There is no bundle: a whole examination makes one.", .dim)
      return lines.text
    }
    lines.plain(
      "What is in it, secrets masked; \(state.key(of: "output.write")) writes it to a file:", .title
    )
    for line in bundle.contents { lines.block("  \(line)") }
    lines.gap()
    lines.block(bundle.json.pretty, .dim)
    return lines.text
  }

  // MARK: - Leaving the window

  /// The report in every format that the command has.
  static func exports(_ state: ConsoleState) -> [Export] {
    guard state.doctor.subject != nil else { return [] }
    let report = state.doctor.report
    let rows: [(String, DoctorReport.Format)] = [
      ("md", .markdown), ("json", .json), ("xml", .junit), ("sarif", .sarif),
    ]
    return rows.map { suffix, format in
      Export("\(state.doctor.part == .chain ? "doctor" : "review").\(suffix)") {
        Array((report.text(as: format, failingFrom: .error) ?? "").utf8)
      }
    }
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let subject = state.doctor.subject else { return [] }
    var items: [CopyMenu.Item] = []
    if let finding = current(state)?.finding {
      items.append(.init("y", "the finding", finding.plainLines.joined(separator: "\n")))
      items.append(.init("u", "its name", finding.id))
    }
    let word = state.doctor.part == .chain ? "doctor" : "check"
    let target = state.servers.row(subject.key)?.shellTarget ?? subject.target
    items.append(.init("c", "as a command", "alidade \(word) \(target)"))
    return items
  }
}

import Diagnostics
import JSON
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let doctor = ScreenID("doctor")
  static let finding = ScreenID("finding")
  static let bundle = ScreenID("bundle")
}

extension ConsoleCommand.Scope {
  static let doctor = Self(rawValue: "doctor")
  static let finding = Self(rawValue: "finding")
  static let bundle = Self(rawValue: "bundle")
}

extension ScreenRow {
  /// From symptom to cause to fix: the links of the chain, a row each, as they come.
  static let doctor = ScreenRow(
    id: .doctor, title: "Doctor", shortTitle: "Doc", digit: "9",
    crumbs: { state, _ in ["doctor"] + (state.doctor.subject.map { [$0.name] } ?? []) },
    list: DoctorScreen.source, exports: { state, _ in DoctorText.exports(state) },
    copies: DoctorText.copies, opened: { state, _ in state.openDoctor() },
    refresh: { state, _ in state.runDoctor(state.doctor.part) }, commands: DoctorCommands.rows,
    draw: { state, _, canvas in
      ListScreenView(
        title: state.doctor.part == .chain ? "Doctor" : "Review",
        empty: DoctorText.empty(state), remark: DoctorScreen.remark(state)
      ).draw(state, DoctorScreen.source, on: &canvas)
    })

  /// One finding over the whole frame.
  static let finding = ScreenRow(
    id: .finding, title: "One finding",
    crumbs: { state, _ in [DoctorText.current(state)?.check ?? ""] },
    scopes: { _, _ in [.finding, .detail] }, text: { state, _ in DoctorText.finding(state) },
    copies: DoctorText.copies, commands: DoctorCommands.findingRows,
    draw: { state, _, canvas in
      DetailScreenView(title: "Finding", text: DoctorText.finding(state)).draw(state, on: &canvas)
    })

  /// What would be sent to whoever helps, before it is written.
  static let bundle = ScreenRow(
    id: .bundle, title: "Support bundle", crumbs: { _, _ in ["bundle"] },
    scopes: { _, _ in [.bundle, .detail] }, text: { state, _ in DoctorText.bundle(state) },
    exports: { state, _ in
      state.doctor.bundle.map { [Export.json("alidade-bundle", $0.json)] } ?? []
    },
    copies: { state, _ in
      state.doctor.bundle.map { [.init("y", "the bundle", $0.json.pretty)] } ?? []
    }, commands: DoctorCommands.bundleRows,
    draw: { state, _, canvas in
      DetailScreenView(title: "Support bundle", text: DoctorText.bundle(state))
        .draw(state, on: &canvas)
    })
}

enum DoctorScreen {
  static let source = ListSource(
    count: { state, _ in state.doctor.subject == nil ? 0 : state.doctor.rows.count },
    key: { state, _, index in
      let row = state.doctor.rows[index]
      let before = state.doctor.rows[..<index].count { $0.check == row.check }
      return before == 0 ? row.check : "\(row.check) \(before)"
    },
    fields: { state, _, index in
      let row = state.doctor.rows[index]
      return [
        row.check, row.title, row.finding?.status.rawValue ?? "", row.finding?.id ?? "",
        row.finding?.cause ?? "",
      ]
    },
    revision: { state, _ in state.doctor.revision }, table: table,
    cells: { state, _, index, signs in
      let row = state.doctor.rows[index]
      guard let finding = row.finding else {
        let isRunning = state.doctor.run.isRunning
        return [Span(isRunning ? ".." : "", .dim), Span(row.title, .dim), Span("", .dim)]
      }
      return [
        Span(finding.status.rawValue, role(finding.status)),
        Span(title(index, state, signs)),
        Span(
          signs.safe(finding.cause, limit: 300).text,
          finding.status == .skipped ? .dim : .text),
      ]
    },
    detail: { state, _, index in DoctorText.of(state.doctor.rows[index], state.signs) })

  /// Where the cause has no column of its own, it tells rows of one check apart.
  private static func title(_ index: Int, _ state: ConsoleState, _ signs: SignSet) -> String {
    let row = state.doctor.rows[index]
    let isOneOfSeveral = state.doctor.rows.count { $0.check == row.check } > 1
    guard isOneOfSeveral, SplitLayout(state).list.width < narrow, let finding = row.finding else {
      return row.title
    }
    return "\(row.title): \(signs.safe(finding.cause, limit: 300).text)"
  }

  /// Below this width there are two columns.
  private static let narrow = 45

  private static let table = Table([
    .init("state", width: 7, rank: 0),
    .init("check", width: 12, growth: 1, rank: 0),
    .init("cause", width: 16, growth: 3, rank: 1),
  ])

  static func role(_ status: Finding.Status) -> Role {
    switch status {
    case .ok: .stateOK
    case .note: .levelInfo
    case .warning: .stateWarn
    case .error: .stateError
    case .skipped: .stateOff
    }
  }

  static func remark(_ state: ConsoleState) -> [Span] {
    guard let subject = state.doctor.subject else { return [] }
    let name = Span("\(state.signs.safe(subject.name, limit: 60).text)  ", .dim)
    return [name, standing(state)]
  }

  private static func standing(_ state: ConsoleState) -> Span {
    let run = state.doctor.run
    switch run.phase {
    case .rest: return Span("not examined", .dim)
    case .running(let since):
      return Span("RUNNING \(max(0, state.time.steady - since) / 1000) s", .stateRun)
    case .stopped: return Span("STOPPED", .stateWarn)
    case .failed: return Span("FAILED", .stateError)
    case .ended:
      let isFine = run.findings.firstFailure(from: .warning) == nil
      let isBad = run.findings.firstFailure(from: .error) != nil
      return Span(
        state.doctor.report.summary, isBad ? .stateError : isFine ? .stateOK : .stateWarn)
    }
  }
}

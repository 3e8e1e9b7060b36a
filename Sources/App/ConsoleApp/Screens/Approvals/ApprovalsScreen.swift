import EventLoop
import JSON
import MockBackend
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let approvals = ScreenID("approvals")
}

extension ConsoleCommand.Scope {
  static let approvals = Self(rawValue: "approvals")
}

extension ScreenRow {
  /// Calls that wait for a person's word.
  static let approvals = ScreenRow(
    id: .approvals, title: "Approvals", isPlace: true, crumbs: { _, _ in ["approvals"] },
    list: ApprovalsScreen.source, showsWire: false, copies: ApprovalsScreen.copies,
    opened: { state, _ in state.openOffice(.approvals) },
    refresh: { state, _ in state.openOffice(.approvals) }, commands: ApprovalsScreen.commands,
    draw: { state, _, canvas in
      OfficeWords.draw(
        "Approvals", state.office.approvals, nothing: "Nothing waits for a person.",
        "Calls of allv that want one show up here, with their arguments.",
        remark: ApprovalsScreen.remark(state), ApprovalsScreen.source, state, on: &canvas)
    })
}

enum ApprovalsScreen {
  static let source = ListSource(
    count: { state, _ in state.office.approvals.items.count },
    key: { state, _, index in state.office.approvals.items[index].id },
    fields: { state, _, index in
      let item = state.office.approvals.items[index]
      return [item.id, item.state.rawValue, item.tool, item.member, item.summary, item.system]
    },
    revision: { state, _ in state.office.approvals.revision }, table: table,
    cells: { state, _, index, signs in
      let item = state.office.approvals.items[index]
      return [
        Span(item.id, .dim), Span(item.state.rawValue, role(item.state)),
        Span(signs.safe(item.tool, limit: 100).text),
        Span(signs.safe(item.member, limit: 100).text, .dim),
        Span(signs.safe(item.summary, limit: 200).text),
      ]
    },
    detail: { state, _, index in detail(state.office.approvals.items[index], state) })

  private static let table = Table([
    .init("id", width: 7, rank: 2),
    .init("state", width: 8, rank: 0),
    .init("tool", width: 12, growth: 1, rank: 0),
    .init("for", width: 10, growth: 1, rank: 1),
    .init("what", width: 12, growth: 2, rank: 3),
  ])

  private static func role(_ state: Approval.State) -> Role {
    switch state {
    case .pending: .stateWarn
    case .approved: .stateOK
    case .rejected: .stateOff
    }
  }

  static func remark(_ state: ConsoleState) -> [Span] {
    let waiting = state.office.approvals.items.count { $0.state == .pending }
    return waiting > 0 ? [Span("\(waiting) WAITING", .stateWarn)] : []
  }

  private static func detail(_ item: Approval, _ state: ConsoleState) -> TextView {
    let signs = state.signs
    var lines = Lines(signs: signs)
    lines.title(signs.safe(item.summary, limit: 500).text)
    lines.add("state", item.state.rawValue, role(item.state))
    lines.add("system", item.system)
    lines.add("tool", item.tool)
    lines.add("for", item.member)
    lines.add("asked", item.askedAt.description)
    lines.add("by", item.decidedBy ?? "")
    lines.add("reason", item.note ?? "")
    lines.gap()
    lines.plain("Arguments", .title)
    lines.block(item.arguments.pretty)
    if item.state == .pending {
      lines.gap()
      lines.plain(
        "\(state.key(of: "approvals.approve")) approves, \(state.key(of: "approvals.reject")) rejects: "
          + "the call that waits is answered at once.", .dim)
    }
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let item = state.office.approvals.item(state.list.current) else { return [] }
    return [
      .init("y", "its arguments", item.arguments.pretty),
      .init("c", "as a command", "alidade approvals approve \(item.id)"),
    ]
  }

  static let commands: [ConsoleCommand] = [
    decision("approvals.approve", "Approve: the call goes on", "E", true, "approve"),
    decision("approvals.reject", "Reject, with a reason for the caller", "X", false, "reject"),
  ]

  private static func decision(
    _ id: String, _ title: String, _ key: Character, _ isApproved: Bool, _ hint: String
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .approvals, hint: .init { _ in hint },
      availability: { state in
        guard let item = state.office.approvals.item(state.list.current) else {
          return .disabled(reason: "nothing is selected")
        }
        return item.state == .pending
          ? .enabled : .disabled(reason: "it was \(item.state.rawValue) already")
      },
      run: { state in
        guard let item = state.office.approvals.item(state.list.current) else { return [] }
        state.overlay = .asking(
          LineQuestion(
            title: "\(isApproved ? "Approve" : "Reject") \(item.id): why? (may be empty)",
            deed: .decide(item.id, isApproved: isApproved)))
        return []
      }
    ).writing
  }
}

import Arguments
import EventLoop
import JSON
import MockBackend
import Operations
import SafeText

extension Command {
  static let approvalsList = Command(
    onLoop: CommandRow(
      "approvals list", in: .serving, summary: "List what waits for a person's word",
      options: [ApprovalRows.all, RecordRows.data, .json],
      examples: [.init("alidade approvals list --all", "With what was decided")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let approvals = try desk.approved { store throws(WorldError) in
      try store.all(state: arguments.has(ApprovalRows.all) ? nil : .pending)
    }
    if desk.wantsJSON {
      desk.write(["approvals": .array(approvals.map(\.shown))])
    } else {
      desk.table(approvals.map(\.row), header: Approval.header, empty: "nothing waits")
    }
    return .ok
  }

  static let approvalsApprove = deciding("approve", .approved, "Let a waiting call go on")
  static let approvalsReject = deciding("reject", .rejected, "Refuse a waiting call")

  private static func deciding(
    _ verb: String, _ state: Approval.State, _ summary: String
  ) -> Command {
    Command(
      onLoop: CommandRow(
        "approvals \(verb)", in: .serving, summary: summary,
        details: ["The call that waits is answered at once, wherever it is served."],
        positionals: [ApprovalRows.id], options: [ApprovalRows.reason, RecordRows.data, .json],
        examples: [
          .init("alidade approvals \(verb) apr_1 --reason 'as agreed'", "With a word on why")
        ])
    ) { arguments, context async throws(CommandFailure) in
      let desk = RecordDesk(arguments, context)
      let person = desk.person
      let decided = try desk.approved { store throws(WorldError) in
        try store.decide(
          arguments[ApprovalRows.id] ?? "", state, by: person, note: arguments[ApprovalRows.reason])
      }
      if desk.wantsJSON {
        desk.write(decided.shown)
      } else {
        context.output.line(
          "\(state.rawValue) \(decided.id): \(SafeText(decided.summary).text)")
      }
      return .ok
    }
  }
}

private enum ApprovalRows {
  static let all = OptionRow("all", help: "Those that were decided too")
  static let reason = OptionRow("reason", takes: ValueRow("TEXT"), help: "Why; the caller reads it")
  static let id = PositionalRow(ValueRow("ID"), help: "As the list has it, apr_1 or 1")
}

extension RecordDesk {
  fileprivate func approved<Value>(
    _ work: (ApprovalStore) throws(WorldError) -> Value
  ) throws(CommandFailure) -> Value {
    guard case .folder(let folder) = try records().store else {
      throw CommandFailure(.usage, "approvals are kept in a folder; name it with --data")
    }
    do throws(WorldError) {
      let store = try ApprovalStore(folder: folder)
      defer { store.close() }
      return try work(store)
    } catch { throw CommandFailure(.usage, error.description) }
  }
}

extension Approval {
  static let header = ["ID", "STATE", "SYSTEM", "FOR", "TOOL", "WHAT", "SINCE"]

  var row: [String] {
    [
      id, state.rawValue, system, SafeText(member).text, tool, SafeText(summary).text,
      LocalTime.moment(askedAt),
    ]
  }

  /// As scripts read it.
  var shown: JSON {
    [
      "id": .string(id), "system": .string(system), "member": .string(member),
      "tool": .string(tool), "summary": .string(summary), "arguments": arguments,
      "asked": .string(askedAt.description), "state": .string(state.rawValue),
      "decidedBy": decidedBy.map(JSON.string) ?? .null, "note": note.map(JSON.string) ?? .null,
    ]
  }
}

import JSON
import MCPProtocol
import Operations
import TerminalCore
import Widgets

/// What the list of calls can do.
enum CallsCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "calls.open", "Open the answer", keys: [Key(.enter), .character("l"), Key(.right)],
      scope: .calls, hint: "open", availability: needsCall, run: open),
    ConsoleCommand(
      "calls.again", "Run it again", keys: [.character("r")], scope: .calls, hint: "again",
      availability: { state in
        if let why = state.selectedMask { return .disabled(reason: why) }
        guard let (link, order) = state.repeatable,
          let why = state.refusal(of: order, link)
        else { return canRepeat(state) }
        return .disabled(reason: why)
      },
      run: { state in
        guard let (link, order) = state.repeatable else { return [] }
        return state.call(link, order)
      }),
    ConsoleCommand(
      "calls.edit", "Change the arguments and send again", keys: [.character("e")],
      scope: .calls, hint: "edit",
      availability: { state in
        // A resource is read again at once: there is no form for what is missing.
        guard let why = state.selectedMask, case .resource? = state.repeatable?.1 else {
          return canRepeat(state)
        }
        return .disabled(reason: why)
      }, run: edit),
    ConsoleCommand(
      "calls.diff", "Compare two marked answers, or this one with the one before it",
      keys: [.character("D")], scope: .calls, hint: "diff",
      availability: { state in
        state.comparedCalls == nil
          ? .disabled(
            reason:
              "there is no earlier answer of the same name; \(state.key(of: "list.mark")) marks two"
          )
          : .enabled
      },
      run: { state in
        guard let (new, old) = state.comparedCalls else { return [] }
        return state.enter(Screen(.diff, subject: "\(new.key) \(old.key)"))
      }),
  ]

  private static func needsCall(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.selectedCall == nil ? .disabled(reason: "no call is selected") : .enabled
  }

  private static func canRepeat(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard state.selectedCall != nil else { return needsCall(state) }
    return state.repeatable == nil
      ? .disabled(reason: "its server is not connected; connect to it first") : .enabled
  }

  private static func open(_ state: inout ConsoleState) -> [Effect] {
    switch state.selectedCall {
    case .now(let record):
      return state.enter(Screen(.result, link: record.link, subject: "#\(record.id)"))
    case .past(let call): return state.openPast(call)
    case nil: return []
    }
  }

  private static func edit(_ state: inout ConsoleState) -> [Effect] {
    guard let (id, order) = state.repeatable, let link = state.links[id] else { return [] }
    switch state.selectedMask == nil ? order : order.withoutMasks {
    case .tool(let name, let arguments, _):
      let tool = link.tools.first { $0.tool.name == name }?.tool
      return state.openForm(
        Screen(.form, link: id, subject: name), schema: tool?.inputSchema ?? ["type": "object"],
        arguments: arguments)
    case .prompt(let name, let arguments):
      guard let item = link.prompts.first(where: { $0.prompt.name == name }) else {
        return state.say(.warning, "open the prompts of \(link.name) first")
      }
      return state.openForm(
        Screen(.promptForm, link: id, subject: name), schema: item.schema,
        arguments: arguments.map { .object($0) })
    case .resource: return state.call(id, order)
    case .raw(let method, let params): return state.editRequest(method, params, of: id)
    }
  }
}

extension ConsoleState {
  /// The selected call as an order to a server that is connected.
  var repeatable: (Link.ID, CallRecord.Order)? {
    switch selectedCall {
    case .now(let record):
      return links[record.link]?.isOpen == true ? (record.link, record.order) : nil
    case .past(let call):
      let link = links.values.first { $0.isOpen && $0.facts?.target == call.target }
      guard let link, let order = call.order else { return nil }
      return (link.id, order)
    case nil: return nil
    }
  }

  /// Why the selected call cannot be made again as it was; nil where nothing was masked in it.
  var selectedMask: String? {
    guard case .past(let call)? = selectedCall, call.holdsMask else { return nil }
    return secretsWereNotKept(call.order, asker: "calls.edit")
  }

  func secretsWereNotKept(_ order: CallRecord.Order?, asker: String) -> String {
    if case .resource? = order { return "its secrets were not kept" }
    return "its secrets were not kept; \(key(of: asker)) asks for them again"
  }

  /// The two marked calls, else the selected one and the one before it of the same name.
  var comparedCalls: (new: CallRow, old: CallRow)? {
    let marked = markedItems.compactMap { callRow($0) }
    if marked.count == 2, marked.allSatisfy({ $0.answer != nil }) { return (marked[0], marked[1]) }
    guard let row = selectedCall, let before = callBefore else { return nil }
    return (row, before)
  }

  private var callBefore: CallRow? { selectedCall.flatMap { answer(before: $0) } }

  /// The newest answer of the same name that is older than this one.
  private func answer(before row: CallRow) -> CallRow? {
    guard row.answer != nil else { return nil }
    let older = callRows.drop { $0.key != row.key }.dropFirst()
    return older.first { $0.name == row.name && $0.answer != nil }
  }

  /// Sets the answer that is shown beside the one before it.
  mutating func compareAnswer() -> [Effect] {
    guard let record = call(of: screen),
      let row = callRows.first(where: { $0.key == record.rowKey }), let before = answer(before: row)
    else { return say(.warning, "there is no earlier answer of the same name") }
    return enter(Screen(.diff, subject: "\(row.key) \(before.key)"))
  }
}

import Audit
import JSON
import JSONSchema
import MCPProtocol
import Operations
import SafeText

/// Calls of a log that are made once more, one after the other.
struct AuditReplay: Sendable, Hashable {
  enum Outcome: Sendable, Hashable {
    case waiting
    case running(CallRecord.ID)
    case same(String)
    case other(String)
    case skipped(String)
  }

  struct Item: Sendable, Hashable {
    let number: Int
    let tool: String
    let arguments: JSON?
    /// The log says that it changed something.
    let isMutating: Bool
    let before: String
    var outcome = Outcome.waiting
    /// A person has agreed to this one.
    var isAgreed = false
  }

  var link: Link.ID = 0
  var items: [Item] = []
  private(set) var revision = 0

  mutating func set(_ index: Int, _ outcome: Outcome) {
    guard items.indices.contains(index) else { return }
    items[index].outcome = outcome
    revision += 1
  }

  mutating func start(_ items: [Item], to link: Link.ID) {
    self.items = items
    self.link = link
    revision += 1
  }
}

extension ConsoleState {
  /// Asks before the marked rows, or the one under the cursor, are sent again.
  mutating func askForReplay() -> [Effect] {
    let marked = screen.id == .audit ? markedItems : []
    let rows = marked.isEmpty ? [auditIndex].compactMap(\.self) : marked
    guard let link, link.isOpen, !rows.isEmpty else { return [] }
    let items = rows.compactMap { replayItem($0) }
    let open = items.filter { $0.outcome == .waiting }
    let mutating = open.count { isMutating($0, link) }
    var lines = [
      "\(open.count) call\(open.count == 1 ? "" : "s") of the log to \(link.name)."
    ]
    if mutating > 0 {
      lines.append("\(mutating) may change something: each of those is asked about by itself.")
    }
    if open.count < items.count {
      lines.append("\(items.count - open.count) cannot be sent again; the report says why.")
    }
    overlay = .confirming(
      Confirmation(title: "Send it again?", lines: lines, deed: .replay(items, link.id)))
    return []
  }

  private func replayItem(_ row: Int) -> AuditReplay.Item? {
    guard let record = audit.record(row) else { return nil }
    var arguments: JSON?
    var problem = record.replayProblem
    if problem == nil, !record.arguments.isEmpty, record.arguments != "null" {
      do throws(JSONError) { arguments = try JSON.parse(record.arguments) } catch {
        problem = "its arguments are no JSON"
      }
    }
    var item = AuditReplay.Item(
      number: audit.number(ofRow: row), tool: record.tool, arguments: arguments,
      isMutating: record.isMutating, before: record.outcome)
    if let problem { item.outcome = .skipped(problem) }
    return item
  }

  /// What is not known to be harmless may change something.
  private func isMutating(_ item: AuditReplay.Item, _ link: Link) -> Bool {
    let tool = link.tools.first { $0.tool.name == item.tool }?.tool
    return item.isMutating || tool?.annotations?.readOnlyHint != true
  }

  mutating func startReplay(_ items: [AuditReplay.Item], to link: Link.ID) -> [Effect] {
    audit.replay.start(items, to: link)
    if screen.id == .auditRow { _ = closeView() }
    let opened = enter(Screen(.replay))
    return opened + stepReplay()
  }

  /// Sends the next call, or asks about it.
  mutating func stepReplay() -> [Effect] {
    guard let index = audit.replay.items.firstIndex(where: { $0.outcome == .waiting }) else {
      let done = audit.replay.items.count { if case .skipped = $0.outcome { false } else { true } }
      return say(.info, "replayed \(done) of \(audit.replay.items.count)")
    }
    let item = audit.replay.items[index]
    guard let link = links[audit.replay.link], link.isOpen else {
      return skipReplay(index, "the server is not connected any more")
    }
    guard let tool = link.tools.first(where: { $0.tool.name == item.tool })?.tool else {
      return skipReplay(index, "the tool is gone")
    }
    if let why = refusal(ofTool: item.tool, link.id) { return skipReplay(index, why) }
    if let schema = tool.inputSchema,
      let violation = SchemaValidator(schema, options: .ofServers).validate(item.arguments ?? [:])
        .violations.first
    {
      return skipReplay(index, "the tool has changed: \(violation.sentence)")
    }
    if isMutating(item, link), !item.isAgreed { return askAboutReplay(index, item, link) }
    return sendReplay(index, item, tool.inputSchema)
  }

  private mutating func askAboutReplay(
    _ index: Int, _ item: AuditReplay.Item, _ link: Link
  ) -> [Effect] {
    let text = item.arguments?.pretty ?? "no arguments"
    overlay = .confirming(
      Confirmation(
        title: "#\(item.number) may change something",
        lines: ["Call \(item.tool) of \(link.name) again with", text], deed: .replayOne(index)))
    return []
  }

  private mutating func sendReplay(
    _ index: Int, _ item: AuditReplay.Item, _ schema: JSON?
  ) -> [Effect] {
    let order = CallRecord.Order.tool(item.tool, arguments: item.arguments, schema: schema)
    guard let (id, effects) = begin(audit.replay.link, order) else { return [] }
    audit.replay.set(index, .running(id))
    return effects
  }

  mutating func skipReplay(_ index: Int, _ why: String) -> [Effect] {
    audit.replay.set(index, .skipped(why))
    return stepReplay()
  }

  mutating func agreeToReplay(_ index: Int) -> [Effect] {
    guard audit.replay.items.indices.contains(index) else { return [] }
    audit.replay.items[index].isAgreed = true
    return stepReplay()
  }

  /// A call has ended: where it was one of a replay the next one follows.
  mutating func continueReplay(_ id: CallRecord.ID) -> [Effect] {
    guard let call = calls[id], !call.isRunning,
      let index = audit.replay.items.firstIndex(where: { $0.outcome == .running(id) })
    else { return [] }
    let before = audit.replay.items[index].before
    let now = call.replayWord
    audit.replay.set(index, now == before ? .same(now) : .other(now))
    return stepReplay()
  }
}

extension CallRecord {
  /// How it ended, in the words of our audit.
  fileprivate var replayWord: String {
    switch phase {
    case .running: ""
    case .done(let report): report.isError ? "tool-error" : "ok"
    case .failed: "failed"
    case .cancelled: "cancelled"
    }
  }
}

import Audit
import EventLoop
import JSON
import SafeText
import TerminalCore
import Widgets

/// One event of a log as text: what is known of it, and the line it was read from.
struct AuditText {
  private let index: Int
  private let state: ConsoleState

  init(_ index: Int, _ state: ConsoleState) {
    self.index = index
    self.state = state
  }

  static func of(_ state: ConsoleState) -> TextView {
    guard let index = state.auditIndex else {
      return TextView([.init("it is not in the log any more", .stateWarn)])
    }
    return AuditText(index, state).text
  }

  private static let longest = 16_384

  var text: TextView {
    guard let place = state.audit.place(index), let record = state.audit.record(index) else {
      return TextView([])
    }
    var lines = Lines(signs: state.signs)
    state.note(.audit, state.audit.noteKey(index))?.tell(&lines)
    let name = [record.tool, record.kind].first { !$0.isEmpty } ?? "row"
    lines.title("#\(state.audit.number(ofRow: index)) \(state.signs.safe(name, limit: 200).text)")
    facts(record, &lines)
    chain(&lines)
    if let oddity = record.oddity { lines.add("check", oddity, .stateWarn) }
    lines.add("profile", state.audit.profile.title, .dim)
    lines.gap()
    lines.block(pretty(place.part.lines.bytes(of: place.row)))
    return lines.text
  }

  private func facts(_ record: LogRecord, _ lines: inout Lines) {
    lines.add("time", record.at?.description ?? "")
    lines.add("outcome", record.outcome, AuditScreen.role(record))
    lines.add("level", record.level.word)
    lines.add("kind", record.tool.isEmpty ? "" : record.kind)
    for field in [LogField.actor, .credential, .system, .client, .session, .request, .trace] {
      lines.add(field.rawValue, field.text(of: record))
    }
    lines.add("took", record.microseconds.map { "\($0 / 1000).\($0 / 100 % 10) ms" } ?? "")
    lines.add("why", state.audited(record.detail), record.verdict == .fine ? .text : .stateWarn)
  }

  private func chain(_ lines: inout Lines) {
    guard state.audit.profile.isChained else { return }
    switch state.audit.link(index) {
    case nil: lines.add("chain", "not checked yet", .dim)
    case .some(.none): lines.add("chain", "this row has no hash", .dim)
    case .whole: lines.add("chain", "whole: the row is as it was written", .stateOK)
    case .changed: lines.add("chain", "changed: the row is not what was written", .stateError)
    case .gap: lines.add("chain", "gap: it does not follow the row in front of it", .stateWarn)
    }
  }

  private func pretty(_ row: ArraySlice<UInt8>) -> String {
    let line = state.audited(row)
    guard line.count <= Self.longest else {
      return String(decoding: line.prefix(Self.longest), as: UTF8.self)
        + "\n… \(line.count) bytes"
    }
    do throws(JSONError) { return try JSON.parse(line).pretty } catch {
      return String(decoding: line, as: UTF8.self)
    }
  }
}

import EventLoop
import JSON
import MCPServer
import MockBackend

/// An argument of a prompt or a variable of an address, and what can stand there.
package struct ArgumentRow: Sendable {
  enum Values: Sendable {
    case any
    case fixed([String])
    /// A member of what a tool lists.
    case listed(tool: String, list: String, member: String, arguments: JSONObject)
  }

  package let name: String
  package let summary: String
  package let isRequired: Bool
  let values: Values

  var title: String {
    let words = name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  static func needed(_ name: String, _ summary: String, _ values: Values = .any) -> ArgumentRow {
    ArgumentRow(name: name, summary: summary, isRequired: true, values: values)
  }

  static func optional(_ name: String, _ summary: String, _ values: Values = .any) -> ArgumentRow {
    ArgumentRow(name: name, summary: summary, isRequired: false, values: values)
  }

  @LoopActor
  static func completers(_ rows: [ArgumentRow], _ desk: SystemDesk) -> [String: Completer] {
    rows.reduce(into: [:]) { $0[$1.name] = $1.completer(desk) }
  }

  @LoopActor
  private func completer(_ desk: SystemDesk) -> Completer? {
    switch values {
    case .any: return nil
    case .fixed(let values): return .fixed(values)
    case .listed(let tool, let list, let member, let arguments):
      return .computed { question in
        let context = question.context.members.reduce(into: [:]) { $0[$1.key] = $1.value.string }
        var wanted = ArgumentText(context).filled(arguments) ?? [:]
        wanted["limit"] = 100
        let answer = try await desk.ask(tool, wanted, question.caller)
        let typed = question.value.lowercased()
        return (answer[list]?.array ?? []).compactMap { $0[member]?.string }
          .filter { typed.isEmpty || $0.lowercased().contains(typed) }
      }
    }
  }
}

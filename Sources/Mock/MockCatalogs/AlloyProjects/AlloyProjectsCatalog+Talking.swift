import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend

extension AlloyProjectsCatalog {
  /// Deleting cannot be taken back: whoever can be asked is asked.
  static let confirmDelete: ToolRow.Talk = { invocation, desk in
    let key = invocation.text("ticket_id") ?? ""
    let found = try await desk.ask("get_ticket", invocation.arguments, invocation.caller)
    if invocation.abilities.elicitationForm {
      let form = Schema.object([
        .boolean("delete", .required, "Delete it with comments and logged time", default: false)
      ])
      let answer = try await invocation.elicit(
        "Delete \(found["key"]?.string ?? key) \"\(found["title"]?.string ?? "")\" for good?",
        form.json, key: "confirm")
      guard answer.action == .accept, answer.content?["delete"] == true else {
        throw ToolFailure("\(found["key"]?.string ?? key) was not deleted: nobody agreed")
      }
    }
    return .structured(
      try await desk.ask("delete_ticket", invocation.arguments, invocation.caller))
  }

  /// Asks where open tickets go, where that was not said.
  static let askForOpenTickets: ToolRow.Talk = { invocation, desk in
    var arguments = invocation.arguments
    let isOpen = arguments["move_open_to"] == nil && invocation.abilities.elicitationForm
    if isOpen {
      let sprint = try await desk.ask(
        "get_sprint", ["sprint_id": arguments["sprint_id"] ?? ""], invocation.caller)
      let open = (sprint["tickets"]?.int ?? 0) - (sprint["tickets_done"]?.int ?? 0)
      if sprint["status"] == "active", open > 0 {
        arguments["move_open_to"] = try await place(for: open, sprint, invocation)
      }
    }
    return .structured(try await desk.ask("complete_sprint", arguments, invocation.caller))
  }

  @LoopActor
  private static func place(
    for open: Int, _ sprint: JSON, _ invocation: Invocation
  ) async throws -> JSON? {
    let form = Schema.object([
      .member(
        "move_open_to", .required, "Where they go",
        Schema.choice(titled: ["backlog": "Backlog", "next_sprint": "Next sprint"])
          .defaulting(to: "backlog"))
    ])
    let answer = try await invocation.elicit(
      "\(open) tickets of \"\(sprint["name"]?.string ?? "")\" are open. Where shall they go?",
      form.json, key: "open_tickets")
    guard answer.action == .accept else {
      throw ToolFailure("the sprint was not completed: nobody said where open tickets go")
    }
    return answer.content?["move_open_to"]
  }

  /// Tells how far it is, and takes the time of a real report where it runs as a task.
  static let reportCosts: ToolRow.Talk = { invocation, desk in
    let steps = ["reading time entries", "pricing hours", "adding up"]
    for (place, step) in steps.enumerated() {
      invocation.progress(Double(place), of: Double(steps.count), step)
      invocation.status(step)
      if invocation.isTask { try await invocation.sleep(for: .milliseconds(400)) }
    }
    let report = try await desk.ask("get_cost_report", invocation.arguments, invocation.caller)
    invocation.progress(Double(steps.count), of: Double(steps.count), "done")
    return .structured(report)
  }
}

import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  private static let nameForm = Schema.object([.string("name", .required)]).json
  private static let confirmForm = Schema.object([.boolean("confirm", .required)]).json

  static let taskTools: [ServerTool] = [
    ServerTool(
      Tool(
        "slow_compute", "Takes that many seconds",
        input: .object([
          .number("seconds", .optional, "How long", 0...3600), .string("label"),
        ])), task: .optional
    ) { invocation async throws in
      let seconds = invocation.number("seconds") ?? 1
      try await invocation.sleep(for: .milliseconds(Int64(seconds * 1000)))
      return .text("Computed \(invocation.text("label") ?? "") in \(seconds) s")
    },
    ServerTool(Tool("failing_job", "Fails after a second"), task: .required) {
      invocation async throws in
      try await invocation.sleep(for: .seconds(1))
      throw ToolFailure("The job failed on purpose.")
    },
    ServerTool(Tool("protocol_error_job", "Ends with an error of the protocol"), task: .optional) {
      invocation async throws in
      try await invocation.sleep(for: .milliseconds(200))
      throw ProtocolFailure(code: -32603, message: "The job broke on purpose.")
    },
    ServerTool(
      Tool(
        "confirm_delete", "Asks before it deletes",
        input: .object([.string("filename", .required)])), task: .optional
    ) { invocation async throws in
      let file = invocation.text("filename") ?? ""
      let answer = try await invocation.elicit("Delete \(file)?", confirmForm, key: "confirm")
      let isConfirmed = answer.content?["confirm"]?.bool ?? false
      return .text(isConfirmed ? "Deleted \(file)" : "Kept \(file)")
    },
    ServerTool(Tool("multi_input", "Asks two things at once"), task: .optional) {
      invocation async throws in
      let answers = try await invocation.ask([
        (key: "name", question: .elicitation(form("Your name?", nameForm))),
        (key: "confirm", question: .elicitation(form("Go on?", confirmForm))),
      ])
      return .text(answers.map(\.compact).joined(separator: " "))
    },
    ServerTool(Tool("test_tool_with_task", "Asks, then goes on as a task"), task: .later) {
      invocation async throws in
      let answer = try await invocation.elicit("Your name?", nameForm, key: "user_name")
      invocation.continueAsTask()
      try await invocation.sleep(for: .milliseconds(200))
      return .text("Done for \(answer.content?["name"]?.string ?? "nobody")")
    },
  ]
}

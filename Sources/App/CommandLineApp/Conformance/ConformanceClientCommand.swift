import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations
import Settings

extension Command {
  /// The client as the public conformance suite launches it: a URL at the end, the rest in the environment.
  static let conformanceClient = Command(
    onLoop: CommandRow(
      "conformance-client", in: .program, summary: "Play a scenario of the conformance suite",
      positionals: [PositionalRow(TargetRows.target.value, help: "The suite's server")],
      options: [TargetRows.verbose], isHidden: true)
  ) { arguments, context async throws(CommandFailure) in
    try await ConformanceDriver(arguments, context).run()
  }
}

/// What the suite says of a run, beside the address.
struct ConformanceSetting {
  let scenario: ConformanceScenario
  let version: String?
  let context: JSON

  init(_ environment: [String: String]) throws(CommandFailure) {
    scenario = .named(environment["MCP_CONFORMANCE_SCENARIO"] ?? "")
    version = environment["MCP_CONFORMANCE_PROTOCOL_VERSION"]
    guard let text = environment["MCP_CONFORMANCE_CONTEXT"] else {
      context = .null
      return
    }
    do { context = try JSON.parse(text) } catch {
      throw CommandFailure(.usage, "MCP_CONFORMANCE_CONTEXT: \(error.description)")
    }
  }
}

import EventLoop
import JSON
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  static let talkingTools: [ServerTool] = [
    ServerTool(Tool("test_tool_with_logging", "Logs three lines while it runs")) {
      invocation async throws in
      invocation.log(.info, "Tool execution started")
      try await invocation.sleep(for: .milliseconds(50))
      invocation.log(.info, "Tool processing data")
      try await invocation.sleep(for: .milliseconds(50))
      invocation.log(.info, "Tool execution completed")
      return .text("Tool with logging executed successfully")
    },
    ServerTool(Tool("test_tool_with_progress", "Tells its progress while it runs")) {
      invocation async throws in
      for value in [0.0, 50, 100] {
        invocation.progress(value, of: 100, "Completed step \(Int(value)) of 100")
        try await invocation.sleep(for: .milliseconds(50))
      }
      return .text("Tool with progress executed successfully")
    },
    ServerTool(Tool("test_logging_tool", "Logs, where the request asks for it")) {
      invocation async throws in
      invocation.log(.info, "a line that only those see who ask for it")
      return .text("done")
    },
    ServerTool(Tool("test_reconnection", "Closes its stream and answers to who comes back")) {
      invocation async throws in
      invocation.pauseStream(retryAfter: .milliseconds(500))
      try await invocation.sleep(for: .milliseconds(100))
      return .text("Reconnection test completed successfully")
    },
  ]
}

import EventLoop
import JSON
import MCPProtocol
import MCPServer
import Testing

@testable import Operations

private var recording: ServerRecording {
  var recording = ServerRecording(
    server: ["name": "played", "version": "1.2"], instructions: "Ask.", target: "run-it",
    version: "2025-11-25")
  recording.exchanges = [
    .init(
      "tools/list", [:],
      .result([
        "tools": [["name": "search", "inputSchema": ["type": "object"]]]
      ])),
    .init(
      "tools/call", ["name": "search", "arguments": ["a": 1, "b": ["c": 2, "d": 3]]],
      .result(["content": [["type": "text", "text": "one"]]])),
    .init(
      "tools/call", ["name": "search", "arguments": ["a": 1, "b": ["c": 2, "d": 3]]],
      .result(["content": [["type": "text", "text": "two"]]])),
    .init(
      "tools/call", ["name": "search", "arguments": [:]],
      .error(["code": -32000, "message": "not now", "data": ["again": true]])),
  ]
  return recording
}

@LoopActor struct RecordingTests {
  @Test func `a recording reads back as it was written`() throws {
    #expect(try ServerRecording(reading: recording.text) == recording)
    #expect(recording.text.split(separator: "\n").count == 5)
  }

  @Test func `what is no recording is named by its line`() {
    let head = recording.text.split(separator: "\n")[0]
    let rows: [(String, String)] = [
      ("", "its first line is not that of a recording"),
      ("[]\n", "its first line is not that of a recording"),
      ("\(head)\nnot json\n", "line 2 is no exchange"),
      ("\(head)\n{\"method\":\"x\",\"result\":1}\n{\"method\":\"x\"}\n", "line 3 is no exchange"),
    ]
    for (text, sentence) in rows {
      #expect(throws: RecordingProblem(sentence)) { try ServerRecording(reading: text) }
    }
  }

  @Test func `answers are found by method and arguments, in turn, in whatever order members stand`()
    throws
  {
    let answers = RecordedAnswers(recording)
    func text(_ arguments: JSON) throws -> String? {
      try answers.result("tools/call", ["name": "search", "arguments": arguments])["content"]?
        .array?.first?["text"]?.string
    }
    #expect(try text(["b": ["d": 3, "c": 2], "a": 1]) == "one")
    #expect(try text(["a": 1, "b": ["c": 2, "d": 3]]) == "two")
    #expect(try text(["a": 1, "b": ["c": 2, "d": 3]]) == "two")
    #expect(throws: ProtocolFailure(code: -32000, message: "not now", data: ["again": true])) {
      try answers.result("tools/call", ["name": "search"])
    }
    do throws(ProtocolFailure) {
      _ = try answers.result("tools/call", ["name": "search", "arguments": ["a": 2]])
      Issue.record("it was answered")
    } catch {
      #expect(error.code == -32602)
      #expect(error.message.contains("tools/call search was not recorded like that"))
      #expect(error.message.contains("3 times"))
    }
    #expect(throws: ProtocolFailure.self) { try answers.result("prompts/get", ["name": "x"]) }
  }

  @Test func `the server is there again with its name and what it lists`() {
    let catalog = recording.catalog()
    #expect(catalog.info.name == "played" && catalog.info.version == "1.2")
    #expect(catalog.instructions == "Ask." && catalog.tools.map(\.name) == ["search"])
  }
}

import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct SuggestionTests {
  private static let handlers: [String: TestServer.Handler] = [
    "prompts/list": { _, _ in
      .result(["prompts": [["name": "review", "arguments": [["name": "file", "required": true]]]]])
    },
    "prompts/get": { _, _ in .error(-32602, "Unknown prompt") },
    "resources/list": { _, _ in .result(["resources": [["uri": "file:///notes.txt"]]]) },
    "resources/read": { _, _ in .error(-32002, "Resource not found") },
  ]

  @Test func `a name that is refused is met with what may have been meant`() async {
    let rows: [([String], String?)] = [
      (["prompt", "reveiw"], "did you mean 'review'?"), (["prompt", "review"], "it needs file"),
      (["prompt", "review", "file=a"], nil), (["prompt", "nonsense"], nil),
      (["read", "file:///note.txt"], "did you mean 'file:///notes.txt'?"),
    ]
    for (words, hint) in rows {
      let run = await CommandRun.of(
        [words[0]] + words.dropFirst() + ["--json", "--", "server"],
        server: TestServer(Self.handlers))
      #expect(run.code == .protocolError)
      let error = try? JSON.parse(run.errors)
      #expect(error?["error"]?["hint"]?.string == hint, "\(words)")
    }
  }
}

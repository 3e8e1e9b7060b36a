import JSON
import TerminalCore
import Testing

@testable import ConsoleApp

/// Answers that are more than their JSON are shown as what they are.
@Suite struct AnswerKindTests {
  private func lines(_ answer: JSON) -> (tab: ResultTab, lines: [ResultLine]) {
    var state = ResultState(answer)
    state.prepare(Size(width: 60, height: 20), 0, ResultKeys(Sample.state(80, 24))) { [] }
    return (state.tab, state.lines)
  }

  @Test func `B6: a chat is shown as a chat`() {
    let (tab, lines) = lines([
      "content": [],
      "structuredContent": [
        "messages": [
          ["role": "user", "content": "Put all of it on one page."],
          ["role": "assistant", "content": "Payment stays last."],
        ], "count": 2,
      ],
    ])
    #expect(tab == .chat)
    let texts = lines.map(\.text)
    let asked = texts.firstIndex { $0.contains("Put all of it on one page.") }
    let answered = texts.firstIndex { $0.contains("Payment stays last.") }
    #expect(asked != nil && answered != nil && asked ?? 0 < answered ?? 0, "\(texts)")
    #expect(texts.contains { $0.contains("user") } && texts.contains { $0.contains("assistant") })
    #expect(!texts.contains { $0.contains("{") })
  }

  @Test func `B6: a change is shown as a difference`() {
    let (tab, lines) = lines([
      "content": [],
      "structuredContent": ["path": "a.swift", "before": "one\ntwo\n", "after": "one\nthree\n"],
    ])
    #expect(tab == .changes)
    let deleted = lines.filter { $0.role == .diffDelete }.map(\.text)
    let added = lines.filter { $0.role == .diffAdd }.map(\.text)
    #expect(deleted.count == 1 && deleted.first?.contains("two") == true, "\(deleted)")
    #expect(added.count == 1 && added.first?.contains("three") == true, "\(added)")
  }

  @Test func `B6: a patch in a text has its lines in their colours`() {
    let (_, lines) = lines([
      "content": [
        ["type": "text", "text": "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n"]
      ]
    ])
    #expect(lines.contains { $0.role == .diffDelete && $0.text.contains("old") }, "\(lines)")
    #expect(lines.contains { $0.role == .diffAdd && $0.text.contains("new") }, "\(lines)")
  }
}

import JSON
import MCPProtocol
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

/// A window that shows an answer of that size, and what it wants done beside the loop.
private struct LargeAnswer {
  var state: ConsoleState
  var works: [ResultWork] = []

  init(_ result: JSON, bytes: Int = 6_000_000) {
    state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    take(
      .call(
        1,
        .answered(
          CallReport(
            result: result, isError: false, duration: .milliseconds(5), task: nil, rounds: 0,
            issues: [], bytes: bytes))))
  }

  var shown: String { ScreenText.shown(ConsoleView.draw(state)) }

  mutating func take(_ action: Action) {
    keep(Reducer.reduce(&state, action))
  }

  mutating func press(_ keys: String) { keep(Sample.press(keys, &state)) }

  private mutating func keep(_ effects: [Effect]) {
    works += effects.compactMap { if case .work(let work) = $0 { work } else { nil } }
  }

  /// Does what is wanted until nothing is, and answers how often that was.
  @discardableResult
  mutating func work() -> Int {
    var count = 0
    while !works.isEmpty, count < 20 {
      take(.worked(works.removeFirst().run()))
      count += 1
    }
    return count
  }
}

private func rows(_ count: Int) -> JSON {
  let rows = (0..<count).map {
    JSON.object(["id": .number(JSONNumber($0)), "name": .string("n\($0)")])
  }
  return [
    "content": [["type": "text", "text": "rows"]], "structuredContent": ["rows": .array(rows)],
  ]
}

private func text(_ lines: Int) -> JSON {
  let words = (0..<lines).map { "line \($0) of many" }.joined(separator: "\n")
  return ["content": [["type": "text", "text": .string(words)]]]
}

struct LargeAnswerTests {
  @Test func `the first of it is there at once, the whole later`() {
    var answer = LargeAnswer(text(30_000))
    #expect(answer.shown.contains("THE FIRST 64 kB") && answer.shown.contains("line 0 of many"))
    #expect(answer.state.result?.count ?? 0 < 5_000)
    answer.work()
    #expect(!answer.shown.contains("THE FIRST 64 kB"))
    #expect(answer.state.result?.count == 20_001)
    answer.press("G")
    #expect(answer.shown.contains("more is in the raw view; A shows it here"))
    answer.press("A")
    answer.work()
    #expect(answer.state.result?.count == 30_000)
  }

  @Test func `a filter over many rows is typed without waiting for it`() {
    var answer = LargeAnswer(rows(5_000))
    answer.work()
    answer.press("] ]")
    #expect(answer.state.result?.tab == .table && answer.state.list.shown.count == 5_000)
    answer.press("/ 77")
    #expect(answer.state.list.filter.text == "77")
    #expect(answer.state.list.shown.count == 5_000)
    answer.work()
    let expected = (0..<5_000).count { String($0).contains("77") }
    #expect(answer.state.list.shown.count == expected)
    answer.press("Esc")
    #expect(answer.state.list.shown.count == 5_000)
    #expect(answer.work() == 0)
  }

  @Test func `rows are put in another order beside the loop`() {
    var answer = LargeAnswer(rows(3_000))
    answer.work()
    answer.press("] ] s Down Down Enter")
    answer.work()
    #expect(answer.state.list.order != nil)
    #expect(answer.state.list.shown.first == 2_999)
  }

  @Test func `a long list is unfolded beside the loop, and folded keys say so`() {
    var answer = LargeAnswer(rows(5_000))
    answer.work()
    answer.press("]")
    let before = answer.state.list.shown.count
    answer.press("L")
    #expect(answer.state.list.shown.count == before)
    answer.press("h")
    #expect(answer.state.status?.text.contains("it is being unfolded") == true)
    answer.work()
    #expect(answer.state.list.shown.count > 15_000)
    answer.press("H")
    answer.work()
    #expect(answer.state.list.shown.count == 3)
  }

  @Test func `what takes long is told with its time, and cancelled`() {
    var answer = LargeAnswer(text(30_000))
    answer.state.time.steady += 400
    #expect(answer.shown.contains("reading all of #1, 6.0MB  0.4s"))
    #expect(answer.shown.contains("x cancels"))
    answer.press("x")
    #expect(answer.shown.contains("STOPPED") && answer.shown.contains("A goes on"))
    // What was cancelled comes to nothing.
    answer.work()
    #expect(answer.shown.contains("THE FIRST 64 kB"))
    answer.press("A")
    answer.work()
    #expect(!answer.shown.contains("THE FIRST 64 kB") && !answer.shown.contains("STOPPED"))
  }

  @Test func `the next line of a script waits for all of an answer`() {
    var answer = LargeAnswer(rows(5_000))
    answer.state.script = Script(["result.tabNext", "result.tabNext", "filter 77", "filter 777"])
    answer.take(.historyLoaded([]))
    #expect(answer.state.script.lines.count == 4)
    for _ in 0..<10 where !answer.state.script.lines.isEmpty || !answer.works.isEmpty {
      answer.work()
      answer.take(.scriptContinues)
    }
    #expect(answer.state.script.lines.isEmpty && answer.state.result?.tab == .table)
    #expect(answer.state.list.shown.count == (0..<5_000).count { String($0).contains("777") })
  }

  @Test func `a resize while lines are laid out has them laid out anew`() {
    var answer = LargeAnswer(text(2_000))
    answer.work()
    answer.press("] ]")
    answer.take(.resized(Size(width: 60, height: 20)))
    answer.work()
    #expect(answer.state.result?.running == nil)
    #expect(answer.state.result?.count ?? 0 > 0)
  }

  @Test func `folding one value leaves all other rows as they were`() {
    var tree = JSONTree(rows(60))
    tree.make(.all(true))
    let all = tree.rows
    for place in [1, 3, 4, all.count - 3] where JSONTree.count(of: all[place].value) > 0 {
      tree.make(.row(all[place].path, false))
      var again = JSONTree(rows(60))
      again.make(.all(true))
      #expect(tree.rows.count < again.rows.count)
      tree.make(.row(all[place].path, true))
      #expect(tree.rows == all)
    }
  }

  @Test func `the beginning of an answer is bounded whatever it is`() {
    var deep = JSON.string("end")
    for _ in 0..<5_000 { deep = .array([deep]) }
    let answers: [JSON] = [
      deep, text(100_000), rows(50_000),
      [
        "content": [
          [
            "type": "image", "mimeType": "image/png",
            "data": .string(String(repeating: "A", count: 400_000)),
          ]
        ]
      ],
      .array(Array(repeating: .null, count: 100_000)),
    ]
    for answer in answers {
      #expect(AnswerBeginning.of(answer).compactBytes.count < 400_000)
    }
  }

  @Test func `a filter that finds nothing in what is shown says that there is more`() {
    var answer = LargeAnswer(text(30_000))
    answer.work()
    answer.press("/ 25000 Enter")
    answer.work()
    #expect(answer.shown.contains("more is in the raw view; A shows it here"))
    #expect(answer.shown.contains("nothing matches in the 20000 rows before it"))
    answer.press("A")
    answer.work()
    #expect(answer.shown.contains("line 25000 of many"))
  }

  @Test func `a number far down in a table is not cut`() {
    let rows = (0..<500).map { JSON.object(["n": .number(JSONNumber($0 * $0 * $0)), "s": "x"]) }
    var answer = LargeAnswer(["structuredContent": ["rows": .array(rows)]], bytes: 9000)
    answer.work()
    for _ in 0..<8 where answer.state.result?.tab != .table { answer.press("]") }
    answer.press("G")
    #expect(answer.shown.contains("124251499"))
  }
}

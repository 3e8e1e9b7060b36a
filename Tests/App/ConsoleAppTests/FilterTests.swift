import JSON
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private let row: FilterFacts = {
  var facts = FilterFacts(fields: ["tools/call", "search_files", "#7"])
  facts.method = "tools/call"
  facts.tool = "search_files"
  facts.id = "7"
  facts.server = "demo"
  facts.kinds = ["res", "in"]
  facts.isError = true
  facts.milliseconds = 240
  facts.size = 10_500
  facts.body = { Array(#"{"text":"Grüße Needle"}"#.utf8) }
  return facts
}()

private func matches(_ text: String) -> Bool? {
  do throws(FilterProblem) { return try FilterExpression(text).matches(row) } catch { return nil }
}

private func problem(_ text: String) -> String? {
  do throws(FilterProblem) {
    _ = try FilterExpression(text)
    return nil
  } catch {
    return error.sentence
  }
}

struct FilterTests {
  @Test func `a long list is filtered as a short one is, also once it was listed anew`() {
    let names = (1...1_200).map { "tool_\($0)" }
    func tools(_ names: [String]) -> [JSON] {
      names.map { ["name": .string($0), "description": .string("does \($0) for Ann")] }
    }
    var state = Sample.connected(80, 24, tools: tools(names), keys: "/ 77 Space !1077 Enter")
    #expect(
      state.list.shown.map { names[$0] } == names.filter { $0.contains("77") && $0 != "tool_1077" })
    let more = ["tool_177_new"] + names
    _ = Reducer.reduce(
      &state, .link(1, attempt: 1, .listed(Sample.report(tools(more)), milliseconds: 1)))
    #expect(state.list.shown.first == 0)
    _ = Sample.press("/ Esc / Ann Enter", &state)
    #expect(state.list.shown.count == 1_201)
  }

  @Test func `n and N go from one row that the filter finds to the next`() {
    var state = Sample.state(80, 24, rows: Sample.many, keys: "n")
    #expect(state.status?.text.contains("/ says what to look for first") == true)
    _ = Sample.press("/ server-29 Enter n", &state)
    #expect(state.list.shown.count == 11 && state.list.selected.cursor == 1)
    _ = Sample.press("N N", &state)
    #expect(state.list.selected.cursor == 10)
    #expect(state.status?.text == "round the start, for server-29")
    // Taken away, it is still what is looked for: nothing is hidden, and the rows are gone to.
    _ = Sample.press("/ Esc g n", &state)
    #expect(state.list.shown.count == 300 && state.selectedServer?.name == "server-29")
    _ = Sample.press("n", &state)
    #expect(state.selectedServer?.name == "server-290")
    _ = Sample.press("/ nothing-like-it Enter / Esc n", &state)
    #expect(state.status?.text == "nothing is found for nothing-like-it")
    #expect(state.selectedServer?.name == "server-290")
  }

  @Test func `in an empty filter the arrows walk through those that were kept`() {
    var state = Sample.state(80, 24, rows: Sample.many, keys: "/ http Enter Esc / 12 Enter Esc")
    _ = Sample.press("/ Up", &state)
    #expect(state.list.filter.text == "12")
    _ = Sample.press("Up", &state)
    #expect(state.list.filter.text == "http")
    _ = Sample.press("Down Down", &state)
    #expect(state.list.filter.text.isEmpty)
    _ = Sample.press("Up 3 Backspace", &state)
    #expect(state.list.filter.text == "12")
    // Once something is typed they move in the list.
    _ = Sample.press("Backspace", &state)
    let cursor = state.list.selected.cursor
    _ = Sample.press("Up Down Down", &state)
    #expect(state.list.filter.text == "1" && state.list.selected.cursor > cursor)
  }

  @Test func `a filter that is typed letter by letter shows what it would show at once`() {
    for text in ["server-12", "12 !3", "!1", "SERVER", "a", "1 http"] {
      var typed = Sample.state(80, 24, rows: Sample.many, keys: "/")
      for letter in text { _ = Reducer.reduce(&typed, .input(.key(.character(letter)))) }
      var set = Sample.state(80, 24, rows: Sample.many)
      set.setFilter(text)
      #expect(typed.list.shown == set.list.shown, "\(text)")
      for _ in text { _ = Reducer.reduce(&typed, .input(.key(Key(.backspace)))) }
      #expect(typed.list.shown.count == Sample.many.count, "\(text)")
    }
  }

  @Test(arguments: [
    ("", true), ("search", true), ("SEARCH", false), ("search tools", true),
    ("search & nothing", false), ("nothing | search", true), ("!nothing", true),
    ("!search", false), ("~m tools", true), ("~m ping", false), ("~t search", true), ("~i 7", true),
    ("~s demo", true), ("~s prod", false), ("~d res", true), ("~d in", true), ("~d req", false),
    ("~e", true), ("!~e", false), ("~b Needle", true), ("~b needle", true), ("~b NEEDLE", false),
    ("~>200ms", true), ("~>0.3s", false), ("~<1s", true), ("~k >10k", true), ("~k <10k", false),
    ("~k >1mb", false), ("~m tools & !~m ping", true), ("~m tools !(~e | ~>1s)", false),
    ("(~m ping | ~m tools) & ~e", true), ("'tools/call'", true), ("\"search files\"", false),
    ("zz|yy & search", false), ("a | search & tools", true),
  ])
  func `words, operators, signs and parentheses`(text: String, expected: Bool) {
    #expect(matches(text) == expected)
  }

  @Test(arguments: [
    "(", ")", "a )", "~x y", "~m", "~m ~e", "a &", "| a", "!", "~> ", "~>fast", "~k 10", "'open",
    "~", "~~", "()", String(repeating: "(", count: 5000), String(repeating: "!", count: 5000) + "a",
  ])
  func `what cannot be read is told in a sentence`(text: String) {
    #expect(problem(text)?.isEmpty == false)
  }

  @Test func `texts in one piece are found as they are one by one`() {
    let rows = [["Alpha", "beta"], ["GRÜSSE"], ["alphabet", ""], [], ["naïve", "ALPHA"]]
    let haystack = Haystack(rows.count, revision: 1) { rows[$0] }
    for text in ["alpha", "Alpha", "a", "!alpha", "beta alpha", "grüsse", "ÜSS", "ab", "ï", "zz"] {
      let words = FilterWords(text)
      let found = haystack.rows(Array(rows.indices), letThroughBy: words)
      #expect(found == rows.indices.filter { words.match(rows[$0]) }, "\(text)")
    }
  }

  @Test func `an answer of many rows is filtered as typed, and the cursor stays on its row`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    let rows = JSON.array(
      (0..<3000).map { ["id": .number(JSONNumber($0)), "name": .string("n \($0)")] })
    let answer: JSON = ["content": [], "structuredContent": ["rows": rows]]
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(answer))))
    Sample.press("L / 29 9 9", &state)
    #expect(state.list.shown.count == 3)
    #expect(state.list.filter.text == "2999")
    Sample.press("Down Enter Esc", &state)
    #expect(state.list.shown.count == state.result?.count)
    #expect(state.treeRow?.value == 2999)
    Sample.press("] / 12 Enter", &state)
    #expect(state.result?.tab == .table)
    let found = state.list.shown.compactMap { state.result?.table?.rows[$0]["id"]?.int }
    #expect(found == (0..<3000).filter { "\($0)".contains("12") })
  }
}

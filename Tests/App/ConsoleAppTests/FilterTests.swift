import TerminalCore
import Testing

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
}

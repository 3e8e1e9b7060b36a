import JSONSchema
import Testing

/// What a pattern says to a text, with ECMA-262's answer beside it.
private func check(_ pattern: String, _ text: String, _ expected: Pattern.Outcome) {
  do throws(PatternProblem) {
    let outcome = try Pattern(pattern).search(text)
    #expect(outcome == expected, "\(pattern) on \(text.debugDescription)")
  } catch {
    Issue.record("\(pattern) was rejected: \(error.sentence)")
  }
}

struct PatternTests {
  @Test func `patterns read as ECMA-262 reads them`() {
    check("^abc$", "abc\n", .noMatch)
    check("b", "abc", .match)
    check("^\\t$", "\t", .match)
    check("^\\cC$", "\u{3}", .match)
    check("^\\cc$", "\\cc", .noMatch)
    check("^\\d$", "\u{7c0}", .noMatch)
    check("^\\D$", "\u{7c0}", .match)
    check("^\\w$", "é", .noMatch)
    check("^\\W$", "é", .match)
    check("^[\\W]$", "é", .match)
    check("^[^\\W]$", "é", .noMatch)
    check("^\\p{Letter}$", "é", .match)
    check("^\\p{digit}+$", "\u{9ea}\u{9e8}", .match)
    check("^\\p{Script=Greek}$", "α", .match)
    check("^\\p{sc=Greek}$", "a", .noMatch)
    check("^[\\p{Lu}\\d]$", "É", .match)
    check("^\\P{Assigned}$", "a", .noMatch)
    check("^🐲*$", "🐲🐲", .match)
    check("^\\uD83D\\uDC32$", "🐲", .match)
    check("^\\u{1F432}$", "🐲", .match)
    check("^.$", "🐲", .match)
    check("^.$", "\u{2028}", .noMatch)
    check("^[^]$", "\n", .match)
    check("[]", "a", .noMatch)
    check("^[\\b]$", "\u{8}", .match)
    check("^[\\uD800-\\uDFFF]$", "a", .noMatch)
    check("^[^\\uD800-\\uDFFF]$", "a", .match)
    check("^[a-\\uD900]$", "z", .match)
    check("^(?<year>\\d{4})-\\k<year>$", "2024-2024", .match)
    check("^(a)?\\1b$", "b", .match)
    check("^a{,2}$", "a{,2}", .match)
    check("^{a}$", "{a}", .match)
    check("^[[:alpha:]]$", "a]", .match)
    check("^\\-\\/\\@$", "-/@", .match)
    check("^a\u{0}b$", "a\u{0}b", .match)
    check("^a$", "a\u{0}", .noMatch)
    check("", "", .match)
    check("^$", "", .match)
    check("^[a-\\d]+$", "a-7", .match)
    check("(?=.*\\d)(?=.*[a-z]).{3,}", "ab1", .match)
    check("^(?i:AB)c$", "abc", .match)
    check("^(?i:AB)c$", "abC", .noMatch)
    check("^.{1,100000}$", "abc", .match)
    check("^.{70000}$", "abc", .noMatch)
  }

  @Test func `white space is that of ECMA-262`() {
    for space in [" ", "\t", "\u{b}", "\u{c}", "\u{a0}", "\u{feff}", "\n", "\u{2029}", "\u{2003}"] {
      check("^\\s$", space, .match)
      check("^\\S$", space, .noMatch)
      check("^[\\s]$", space, .match)
      check("^[^\\s]$", space, .noMatch)
      check("^[\\S]$", space, .noMatch)
    }
    for other in ["\u{1}", "\u{2013}", "\u{85}", "\u{180e}", "a", "🐲"] {
      check("^\\s$", other, .noMatch)
      check("^\\S$", other, .match)
      check("^[\\S]$", other, .match)
    }
  }

  @Test(arguments: [
    ("^(abc]", "a ( is never closed"),
    ("abc)", "a ) closes nothing"),
    ("[abc", "a [ is never closed"),
    ("*a", "* has nothing to repeat"),
    ("a**", "* has nothing to repeat"),
    ("a++", "+ has nothing to repeat"),
    ("(*ACCEPT)", "* has nothing to repeat"),
    ("a{2}{3}", "{3} has nothing to repeat"),
    ("a\\", "it ends in a lone \\"),
    ("\\a", "\\a is no escape of ECMA-262"),
    ("\\Z", "\\Z is no escape of ECMA-262"),
    ("(?P<a>b)", "(? opens no kind of group of ECMA-262"),
    ("(a)\\2", "\\2 is no escape of ECMA-262"),
    ("(?<a>b)\\k<c>", "no group is named c"),
    ("[z-a]", "the range z-a runs backwards"),
    ("a{3,2}", "the counts {3,2} run backwards"),
    ("\\p{Nonsense}", "unknown property after \\P or \\p"),
  ])
  func `a broken pattern says why`(pattern: String, sentence: String) {
    do throws(PatternProblem) {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) was accepted")
    } catch {
      #expect(error.sentence == sentence)
    }
  }

  @Test(arguments: ["(a+)+$", "^(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
  func `a pattern that would never end is given up`(pattern: String) throws {
    let text = String(repeating: "a", count: 40) + String(repeating: "x", count: 40) + "!"
    #expect(try Pattern(pattern).search(text) == .tooLong)
  }
}

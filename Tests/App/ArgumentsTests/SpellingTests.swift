import Testing

@testable import Arguments

@Suite struct SpellingTests {
  @Test func `a word is near to what it was meant to be`() {
    check("vresion", ["version"])
    check("verison", ["version"])
    check("VERSION", ["version"])
    check("vers", ["version"])
    check("lst", ["list"])
    check("rad", ["read", "raw"])
    check("xyzzy", [])
    check("", [])
    check("l", [])
  }

  @Test func `distance counts edits and swaps`() {
    for (a, b, expected) in [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1),
      ("abc", "abd", 1), ("abc", "bc", 1), ("kitten", "sitting", 3), ("ab", "ba", 1),
    ] {
      #expect(Spelling.distance(Array(a), Array(b)) == expected, "\(a) \(b)")
    }
  }

  private func check(
    _ word: String, _ expected: [String], at location: SourceLocation = #_sourceLocation
  ) {
    let near = Spelling.nearest(to: word, in: ["version", "list", "read", "raw", "validate"])
    #expect(near == expected, sourceLocation: location)
  }
}

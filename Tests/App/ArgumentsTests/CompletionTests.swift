import Testing

@testable import Arguments

@Suite struct CompletionTests {
  @Test func `the unfinished word is completed from its row`() {
    check("", "call list servers check --version --help")
    check("c", "call check")
    check("servers ", "add list")
    check("servers a", "add")
    check("__", "")
    check("list ", "tools prompts", .known("targets"))
    check("list t", "tools", .known("targets"))
    check("list tools ", "", .known("targets"))
    check("call --", "--header --timeout --json --verbose --help")
    check("call --he", "--header --help")
    check("call --header ", "")
    check("call URL ", "", .known("tools"))
    check("call --header A:1 URL ", "", .known("tools"))
    check("call --header=A:1 URL ", "", .known("tools"))
    check("call -H A:1 --json URL ", "", .known("tools"))
    check("call URL add a=1 ", "")
    check("call -- ", "", .files)
    check("check --schema ", "", .files)
    check("check --schema=a", "", .files)
    check("check --form ", "long short")
    check("check --form=s", "--form=short")
  }

  @Test func `every script asks the program itself`() {
    for shell in CompletionScript.allCases {
      #expect(shell.text(program: "tool").contains("__complete -"))
    }
  }

  private func check(
    _ line: String, _ expected: String, _ source: Completion.Source = .nothing,
    at location: SourceLocation = #_sourceLocation
  ) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let offer = Completion.offer(for: words, in: Sample.grammar)
    #expect(
      offer.candidates.map(\.word).joined(separator: " ") == expected, sourceLocation: location)
    #expect(offer.source == source, sourceLocation: location)
  }
}

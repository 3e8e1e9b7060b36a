import TestSupport
import Testing

@Suite struct WordsTests {
  /// What would tell of one machine or one plan instead of the program; written in halves, to pass their own test.
  private static let forbidden = [
    "/wo" + "rk/", "/ro" + "ot/", "TO" + "DO", "FIX" + "ME", "for n" + "ow", "Lorem ip" + "sum",
  ]

  private static let vagueNames = ["Util", "Helper", "Manager"]

  private static let textEndings = [
    ".swift", ".md", ".sh", ".h", ".c", ".txt", ".json", ".toml", ".py", ".screen", "Makefile",
    ".modulemap", "run", "LICENSE",
  ]

  @Test func `no file speaks of one machine or of unfinished work`() {
    let files = Repository.files(under: "") + Repository.files(under: ".ci", hidden: true)
    for path in files where Self.textEndings.contains(where: path.hasSuffix) {
      let text = Repository.text(of: path) ?? ""
      for word in Self.forbidden where text.contains(word) {
        Issue.record("\(path) contains \"\(word)\"")
      }
    }
  }

  @Test func `no file hides behind a vague name`() {
    for file in Tree.swift {
      let vague = Self.vagueNames.filter { file.name.contains($0) }
      #expect(vague.isEmpty, "\(file.path): name the thing, not \(vague)")
    }
  }
}

import Glibc
package import Testing

/// Compares text with a file of the repository.
///
/// With `ALIDADE_RECORD` set the file is written instead, and the test fails so that nobody takes a recording for a check.
package enum Golden {
  package static func check(
    _ text: String, against path: String, at location: SourceLocation = #_sourceLocation
  ) {
    if getenv("ALIDADE_RECORD") != nil {
      record(text, at: path)
      Issue.record("recorded \(path)", sourceLocation: location)
      return
    }
    guard let expected = Repository.text(of: path) else {
      Issue.record("\(path) is missing: `make goldens` records it", sourceLocation: location)
      return
    }
    guard text != expected else { return }
    let difference = firstDifference(text, expected)
    Issue.record("\(path) differs: \(difference)", sourceLocation: location)
  }

  private static func record(_ text: String, at path: String) {
    let full = "\(Repository.root)/\(path)"
    var folder = ""
    for part in full.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o755)
    }
    guard let file = fopen(full, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  private static func firstDifference(_ text: String, _ expected: String) -> String {
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let index = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = index ?? min(new.count, old.count)
    let got = line < new.count ? new[line] : "(end)"
    let want = line < old.count ? old[line] : "(end)"
    return "line \(line + 1)\n  is       \(got)\n  expected \(want)"
  }
}

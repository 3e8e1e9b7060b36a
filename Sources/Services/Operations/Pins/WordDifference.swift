/// Two texts in one, what went and what came marked: `Adds [-two-] {+three+} numbers`.
package enum WordDifference {
  /// More words than that are not compared but shown whole.
  private static let longest = 1_500

  package static func text(from old: String, to new: String) -> String {
    let before = words(old)
    let after = words(new)
    guard before.count <= longest, after.count <= longest else { return "[-\(old)-] {+\(new)+}" }
    var gone: Set<Int> = []
    var come: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    return merged(before, gone, after, come)
  }

  private static func words(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: true) { $0.isWhitespace }
  }

  private static func merged(
    _ before: [Substring], _ gone: Set<Int>, _ after: [Substring], _ come: Set<Int>
  ) -> String {
    var pieces: [String] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      let removed = run(from: &old, in: before, gone)
      let added = run(from: &new, in: after, come)
      if !removed.isEmpty { pieces.append("[-\(removed)-]") }
      if !added.isEmpty { pieces.append("{+\(added)+}") }
      guard removed.isEmpty, added.isEmpty else { continue }
      if new < after.count { pieces.append(String(after[new])) }
      old += 1
      new += 1
    }
    return pieces.joined(separator: " ")
  }

  /// The words from there on that are all marked.
  private static func run(from index: inout Int, in words: [Substring], _ marks: Set<Int>) -> String
  {
    let start = index
    while index < words.count, marks.contains(index) { index += 1 }
    return words[start..<index].joined(separator: " ")
  }
}

/// The difference of two texts as `diff -u` shows it, in one hunk around what changed.
package enum UnifiedDiff {
  /// Empty where the texts are the same. `line` is applied to every line that is shown.
  package static func text(
    old: String, new: String, path: String, isNew: Bool, line: (String) -> String = { $0 }
  ) -> String {
    let before = lines(old), after = lines(new)
    guard before != after else { return "" }
    let (prefix, suffix) = common(before, after)
    let start = max(0, prefix - 3)
    let end = min(suffix, 3)
    let oldRange = start..<(before.count - suffix + end)
    let newRange = start..<(after.count - suffix + end)
    var result = "--- \(isNew ? "/dev/null" : path)\n+++ \(path)\n"
    result += "@@ -\(span(oldRange)) +\(span(newRange)) @@\n"
    for text in before[start..<prefix] { result += " " + line(text) + "\n" }
    for text in before[prefix..<(before.count - suffix)] { result += "-" + line(text) + "\n" }
    for text in after[prefix..<(after.count - suffix)] { result += "+" + line(text) + "\n" }
    for text in before[(before.count - suffix)..<oldRange.upperBound] {
      result += " " + line(text) + "\n"
    }
    return result
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func common(_ a: [String], _ b: [String]) -> (prefix: Int, suffix: Int) {
    let limit = min(a.count, b.count)
    var prefix = 0
    while prefix < limit, a[prefix] == b[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < limit - prefix, a[a.count - 1 - suffix] == b[b.count - 1 - suffix] {
      suffix += 1
    }
    return (prefix, suffix)
  }

  private static func span(_ range: Range<Int>) -> String {
    "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}

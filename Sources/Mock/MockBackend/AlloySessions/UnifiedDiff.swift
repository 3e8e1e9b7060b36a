/// The difference of two short texts as `diff -u` writes it, in one hunk.
package enum UnifiedDiff {
  package static func text(_ path: String, _ before: String, _ after: String) -> String {
    let old = lines(before), new = lines(after)
    var head = 0
    while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    { tail += 1 }
    let first = max(0, head - context)
    let oldEnd = min(old.count, old.count - tail + context)
    let newEnd = min(new.count, new.count - tail + context)
    let hunk =
      "@@ -\(old.isEmpty ? 0 : first + 1),\(oldEnd - first) +\(new.isEmpty ? 0 : first + 1),\(newEnd - first) @@"
    var out = [
      before.isEmpty ? "--- /dev/null" : "--- a/\(path)",
      after.isEmpty ? "+++ /dev/null" : "+++ b/\(path)", hunk,
    ]
    out += old[first..<head].map { " \($0)" }
    out += old[head..<(old.count - tail)].map { "-\($0)" }
    out += new[head..<(new.count - tail)].map { "+\($0)" }
    out += old[(old.count - tail)..<oldEnd].map { " \($0)" }
    return out.joined(separator: "\n") + "\n"
  }

  private static let context = 3

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

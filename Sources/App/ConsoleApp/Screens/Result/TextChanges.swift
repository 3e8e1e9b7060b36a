import JSON
import TerminalCore

/// Changes of texts: patches as servers write them, and the difference between a before and an after.
enum TextChanges {
  private static let mostLines = 4_000

  /// Whether a text is a unified difference.
  static func isPatch(_ text: String) -> Bool {
    let head = text.prefix(4_000)
    return head.contains("@@ ") && (head.contains("--- ") || head.hasPrefix("@@ "))
  }

  /// A patch with its lines in the colours of their kinds.
  static func patch(_ text: String) -> [ResultLine] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let role: Role =
        if line.hasPrefix("@@") || line.hasPrefix("+++") || line.hasPrefix("---") {
          .diffHunk
        } else if line.hasPrefix("+") {
          .diffAdd
        } else {
          line.hasPrefix("-") ? .diffDelete : .text
        }
      return ResultLine(String(line), role)
    }
  }

  /// The two texts of an answer that tells of a change; nil where it tells of none.
  static func sides(of result: JSON) -> (before: String, after: String)? {
    let candidates = [result["structuredContent"], firstJSON(result)].compactMap(\.self)
    let names = [("before", "after"), ("old", "new"), ("oldText", "newText"), ("from", "to")]
    for candidate in candidates {
      for (before, after) in names {
        guard let old = text(candidate[before]), let new = text(candidate[after]) else { continue }
        if old.contains("\n") || new.contains("\n") || before != "from" { return (old, new) }
      }
    }
    return nil
  }

  private static func firstJSON(_ result: JSON) -> JSON? {
    result["content"]?.array?.first?["text"]?.string.flatMap(ResultWords.json)
  }

  private static func text(_ value: JSON?) -> String? {
    guard let value, !value.isNull else { return nil }
    return value.string ?? value.pretty
  }

  /// The lines that left, came and stayed, in their order.
  static func lines(from before: String, to after: String) -> [ResultLine] {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false)
    guard old.count <= mostLines, new.count <= mostLines else {
      return [ResultLine("they are too long to be compared line by line", .stateWarn)]
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    return merged(old, new, removed, inserted)
  }

  private static func merged(
    _ old: [Substring], _ new: [Substring], _ removed: Set<Int>, _ inserted: Set<Int>
  ) -> [ResultLine] {
    var lines: [ResultLine] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        lines.append(ResultLine("- \(old[left])", .diffDelete))
        left += 1
      } else if right < new.count, inserted.contains(right) {
        lines.append(ResultLine("+ \(new[right])", .diffAdd))
        right += 1
      } else {
        if right < new.count { lines.append(ResultLine("  \(new[right])")) }
        left += 1
        right += 1
      }
    }
    return lines
  }
}

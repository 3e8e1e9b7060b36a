/// Guesses what a mistyped word was meant to be.
package enum Spelling {
  /// At most three of the candidates that are near enough to be meant, nearest first.
  package static func nearest(to word: String, in candidates: [String]) -> [String] {
    guard !word.isEmpty, word.utf8.count <= 64 else { return [] }
    let limit = max(1, word.count / 3)
    let typed = Array(word.lowercased())
    let scored = candidates.enumerated().compactMap { index, candidate -> (Int, Int, String)? in
      guard candidate.utf8.count <= 64 else { return nil }
      let other = Array(candidate.lowercased())
      let isStart = typed.count > 1 && other.starts(with: typed)
      let score = isStart ? 1 : distance(typed, other)
      return score <= limit ? (score, index, candidate) : nil
    }
    return scored.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(3).map(\.2)
  }

  /// Edits between two words: insert, delete, replace, or swap of two neighbours.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}

/// How well a few typed letters name something: they must occur in order, case aside.
enum FuzzyMatch {
  /// Higher is better; nil is no match.
  static func score(_ pattern: String, in text: String) -> Int? {
    if pattern.isEmpty { return 0 }
    let letters = Array(pattern.lowercased().filter { $0 != " " })
    let lowered = Array(text.lowercased())
    if let place = firstRange(of: letters, in: lowered) {
      let isStart = place == 0 || !lowered[place - 1].isLetter
      return 10_000 - place * 10 - lowered.count + (isStart ? 5_000 : 0)
    }
    return scattered(letters, in: lowered)
  }

  private static func scattered(_ letters: [Character], in text: [Character]) -> Int? {
    var score = 1_000 - text.count
    var next = 0
    var last = -1
    for (index, character) in text.enumerated() where next < letters.count {
      guard character == letters[next] else { continue }
      let startsWord = index == 0 || !text[index - 1].isLetter
      score += startsWord ? 40 : 0
      score -= last >= 0 ? min(30, index - last - 1) : min(30, index)
      last = index
      next += 1
    }
    return next == letters.count ? score : nil
  }

  private static func firstRange(of letters: [Character], in text: [Character]) -> Int? {
    guard letters.count <= text.count else { return nil }
    return (0...(text.count - letters.count)).first { start in
      text[start..<(start + letters.count)].elementsEqual(letters)
    }
  }
}

/// Which items or members of one value a schema has evaluated so far.
struct Marks: Sendable {
  /// Whether anybody will ask; otherwise nothing is noted.
  var isTracking: Bool
  private(set) var hasAll = false
  private var words: [UInt64] = []

  init(tracking: Bool = false) { isTracking = tracking }

  mutating func insertAll() { if isTracking { hasAll = true } }

  mutating func insert(_ index: Int) {
    guard isTracking, !hasAll else { return }
    let word = index >> 6
    if word >= words.count { words += [UInt64](repeating: 0, count: word + 1 - words.count) }
    words[word] |= 1 << UInt64(index & 63)
  }

  func contains(_ index: Int) -> Bool {
    let word = index >> 6
    return hasAll || (word < words.count && words[word] & 1 << UInt64(index & 63) != 0)
  }

  mutating func merge(_ other: Marks) {
    guard isTracking, !hasAll else { return }
    if other.hasAll { return hasAll = true }
    if words.count < other.words.count {
      words += [UInt64](repeating: 0, count: other.words.count - words.count)
    }
    for index in other.words.indices { words[index] |= other.words[index] }
  }
}

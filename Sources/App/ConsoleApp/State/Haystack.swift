/// The texts of many rows in one piece, so that a filter over tens of thousands is one walk over bytes.
struct Haystack: Sendable, Hashable {
  /// Between two fields of a row: nothing is found across it.
  private static let gap: UInt8 = 0

  /// What it was made of.
  let revision: Int
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ count: Int, revision: Int, fields: (Int) -> [String]) {
    self.revision = revision
    ends.reserveCapacity(count)
    for row in 0..<count {
      for field in fields(row) {
        bytes += field.utf8
        bytes.append(Self.gap)
      }
      ends.append(bytes.count)
    }
  }

  static func == (left: Haystack, right: Haystack) -> Bool { left.revision == right.revision }
  func hash(into hasher: inout Hasher) { hasher.combine(revision) }

  /// Those of the rows that the words let through.
  func rows(_ rows: [Int], letThroughBy words: FilterWords) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      rows.filter { row in
        let start = row > 0 ? ends[row - 1] : 0
        return words.match(UnsafeBufferPointer(rebasing: bytes[start..<ends[row]]))
      }
    }
  }
}

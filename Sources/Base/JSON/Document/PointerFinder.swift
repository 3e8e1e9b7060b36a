/// Finds the pointers of ascending offsets in one walk over the tape.
struct PointerFinder {
  private let document: JSONDocument
  private var path: [Level] = []

  /// An open container and the entry of it that is being looked at.
  private struct Level {
    let node: JSONNode
    var entry: Int
    var ordinal = 0

    var end: Int { node.next }
    var isObject: Bool { node.kind == .object }
  }

  init(_ document: JSONDocument) {
    self.document = document
    enter(document.root)
  }

  mutating func pointer(at offset: Int) -> JSONPointer {
    while path.count > 1, let level = path.last, level.node.range.upperBound <= offset {
      path.removeLast()
    }
    while let child = child(at: offset) { enter(child) }
    return JSONPointer(path.indices.compactMap { token(of: path[$0], at: offset) })
  }

  private mutating func enter(_ node: JSONNode) {
    guard node.word.isContainer else { return }
    path.append(Level(node: node, entry: node.index + 2))
  }

  /// Goes on in the innermost container to the entry that holds the offset; that one if it is a container.
  private mutating func child(at offset: Int) -> JSONNode? {
    guard var level = path.popLast() else { return nil }
    defer { path.append(level) }
    while level.entry < level.end {
      let value = value(of: level)
      if offset < value.range.upperBound { break }
      level.entry = value.next
      level.ordinal += 1
    }
    guard level.entry < level.end else { return nil }
    let value = value(of: level)
    return value.word.isContainer && value.range.contains(offset) ? value : nil
  }

  private func value(of level: Level) -> JSONNode {
    JSONNode(document, at: level.isObject ? level.entry + 1 : level.entry)
  }

  /// The key or index of the entry, if the offset lies in it.
  private func token(of level: Level, at offset: Int) -> String? {
    guard level.entry < level.end else { return nil }
    let start = JSONNode(document, at: level.entry).word.offset
    guard (start..<value(of: level).range.upperBound).contains(offset) else { return nil }
    guard level.isObject else { return String(level.ordinal) }
    return JSONNode(document, at: level.entry).string
  }
}

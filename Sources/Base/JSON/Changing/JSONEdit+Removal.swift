extension JSONEdit {
  /// An entry with its comma; with its line, and the comment behind it, if it has that for itself.
  func removal(of index: Int, in container: JSONNode) -> [Splice] {
    let layout = JSONLayout(bytes)
    let entries = container.entryRanges
    let entry = entries[index]
    let closer = container.range.upperBound - 1
    let start = index > 0 ? entries[index - 1].upperBound : container.range.lowerBound + 1
    let next = index + 1 < entries.count ? entries[index + 1].lowerBound : closer
    let before = layout.gap(start..<entry.lowerBound)
    let after = layout.gap(entry.upperBound..<next)
    let end = layout.lineContentEnd(
      from: after.comma.map { $0 + 1 } ?? entry.upperBound, until: next)
    if entries.count == 1, before.contentEnd == start, isBlank(end..<closer) {
      return [Splice(start..<closer, "")]
    }
    guard let comma = after.comma else {
      let old = before.comma.map { [Splice($0..<($0 + 1), "")] } ?? []
      let isLineEnd = bytes[end..<closer].contains(Ascii.lineFeed)
      return old + [Splice(before.contentEnd..<(isLineEnd ? end : entry.upperBound), "")]
    }
    return [Splice(removed(entry.lowerBound, comma, lineEnd: end, until: next, layout), "")]
  }

  /// Of an entry that a comma follows.
  private func removed(
    _ start: Int, _ comma: Int, lineEnd: Int, until next: Int, _ layout: JSONLayout
  ) -> Range<Int> {
    let feed = bytes[lineEnd..<next].firstIndex(of: Ascii.lineFeed)
    let goesOn = lineEnd < next && feed == nil && !isBlank(lineEnd..<next)
    if let feed, !goesOn {
      guard layout.startsLine(start) else { return spaceStart(before: start)..<(comma + 1) }
      return layout.lineStart(of: start)..<(feed + 1)
    }
    let isBeforeCloser = bytes[next] == Ascii.closeBrace || bytes[next] == Ascii.closeBracket
    if isBeforeCloser { return spaceStart(before: start)..<(comma + 1) }
    let space = bytes[(comma + 1)..<next].prefix { Ascii.isSpace($0) }
    return start..<space.endIndex
  }

  private func spaceStart(before offset: Int) -> Int {
    bytes[..<offset].lastIndex { $0 != Ascii.space && $0 != Ascii.tab }.map { $0 + 1 } ?? offset
  }

  private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(Ascii.isSpace) }
}

extension JSONEdit {
  /// Another value in place of one, laid out as its surroundings are.
  func replacement(of node: JSONNode, with value: JSON) -> Splice {
    let layout = JSONLayout(bytes)
    let wasShort = node.count > 0 && !bytes[node.range].contains(Ascii.lineFeed)
    if wasShort && value.isFlat || !isLaidOutInLines(node, layout) {
      return Splice(node.range, line(of: value))
    }
    let indent = layout.indentation(at: node.range.lowerBound)
    return Splice(node.range, lines(of: value, indent, layout))
  }

  /// A new last entry; the name counts in objects only.
  func insertion(of value: JSON, named name: String, in container: JSONNode) -> [Splice] {
    let layout = JSONLayout(bytes)
    guard let last = container.entryRanges.last else {
      return firstEntry(value, name, container, layout)
    }
    let gap = layout.gap(last.upperBound..<(container.range.upperBound - 1))
    let comma = gap.comma == nil ? [Splice(at: last.upperBound, ",")] : []
    let tail = gap.comma == nil ? "" : ","
    let head =
      container.kind == .object ? key(name) + colon(of: container) : ""
    guard layout.startsLine(last.lowerBound) || gap.endsInLineComment else {
      let text = space(before: last, in: container) + head + line(of: value) + tail
      return comma + [Splice(at: gap.contentEnd, text)]
    }
    let indent = layout.indentation(at: last.lowerBound)
    let text = layout.lineEnd + indent + head + lines(of: value, indent, layout) + tail
    return comma + [Splice(at: gap.contentEnd, text)]
  }

  private func firstEntry(
    _ value: JSON, _ name: String, _ container: JSONNode, _ layout: JSONLayout
  ) -> [Splice] {
    let inside = (container.range.lowerBound + 1)..<(container.range.upperBound - 1)
    let gap = layout.gap(inside)
    let head = container.kind == .object ? key(name) + (layout.hasLines ? ": " : colon) : ""
    let isEmpty = gap.contentEnd == inside.lowerBound
    guard isLaidOutInLines(container, layout) || !isEmpty else {
      return [Splice(inside, head + line(of: value))]
    }
    let outer = layout.indentation(at: container.range.lowerBound)
    let indent = outer + layout.unit(in: document)
    let text = layout.lineEnd + indent + head + lines(of: value, indent, layout)
    let rest = gap.contentEnd..<inside.upperBound
    let isClosedOnLine = !isEmpty && bytes[rest].contains(Ascii.lineFeed)
    return isClosedOnLine
      ? [Splice(at: gap.contentEnd, text)] : [Splice(rest, text + layout.lineEnd + outer)]
  }

  // MARK: - Layout

  /// A text of one line stays one, unless it is no more than the empty container itself.
  private func isLaidOutInLines(_ node: JSONNode, _ layout: JSONLayout) -> Bool {
    layout.hasLines || node.index == 0
  }

  private func lines(of value: JSON, _ indent: String, _ layout: JSONLayout) -> String {
    let text = value.pretty(indent: layout.unit(in: document))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.joined(separator: layout.lineEnd + indent)
  }

  private func key(_ name: String) -> String { JSON.string(name).compact }

  /// On one line, as tight as the text's first member is.
  private func line(of value: JSON) -> String {
    colon == ":" ? value.compact : JSONWriter.spaced(value)
  }

  /// The colon of the text's first member with its white space.
  private var colon: String {
    document.containers.first { $0.kind == .object && $0.count > 0 }.map(colon(of:)) ?? ": "
  }

  /// The colon of the last member with its white space.
  private func colon(of container: JSONNode) -> String {
    guard let last = Array(container.members).last else { return ": " }
    let text = bytes[last.keyNode.range.upperBound..<last.value.range.lowerBound]
    let isPlain = text.allSatisfy { $0 == Ascii.colon || $0 == Ascii.space || $0 == Ascii.tab }
    return isPlain ? String(decoding: text, as: UTF8.self) : ": "
  }

  /// The white space between the last two entries on their line, or what suits the only one.
  private func space(before last: Range<Int>, in container: JSONNode) -> String {
    guard let previous = container.entryRanges.dropLast().last else {
      return container.kind == .object && colon(of: container) == ":" ? "" : " "
    }
    let between = bytes[previous.upperBound..<last.lowerBound]
    return between.elementsEqual([Ascii.comma]) ? "" : " "
  }
}

extension JSON {
  /// Whether it fits one line well: no container within, and short.
  fileprivate var isFlat: Bool {
    let inner: [JSON]
    switch self {
    case .array(let elements): inner = elements
    case .object(let object): inner = object.members.map(\.value)
    default: return true
    }
    return inner.allSatisfy { $0.array == nil && $0.object == nil } && compact.utf8.count <= 80
  }
}

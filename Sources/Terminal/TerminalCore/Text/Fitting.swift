/// Cutting and padding of text by columns.
package enum Fitting {
  /// The text in at most that many columns; what is cut off is told by a closing ellipsis.
  package static func clipped(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    guard columns > 0 else { return "" }
    if text.utf8.count <= columns || CharacterWidth.of(text) <= columns { return text }
    let room = columns - CharacterWidth.of(ellipsis)
    guard room >= 0 else { return prefix(of: text, columns: columns) }
    return prefix(of: text, columns: room) + ellipsis
  }

  /// The text in exactly that many columns, padded on the right.
  package static func padded(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    let clipped = clipped(text, to: columns, ellipsis: ellipsis)
    return clipped + String(repeating: " ", count: max(0, columns - CharacterWidth.of(clipped)))
  }

  /// As many whole characters from the start as that many columns hold.
  package static func prefix(of text: String, columns: Int) -> String {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      used += Cluster(text[end]).width
      if used > columns { break }
      end = text.index(after: end)
    }
    return String(text[..<end])
  }

  /// Lines of at most that many columns, broken at spaces where there are some; `\n` always breaks.
  package static func wrapped(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrappedLine($0, to: columns) }
  }

  private static func wrappedLine(_ line: Substring, to columns: Int) -> [String] {
    var lines: [String] = []
    var rest = line
    while true {
      let fitting = prefix(of: String(rest), columns: columns)
      guard fitting.count < rest.count else { return lines + [String(rest)] }
      let taken = max(1, breakingPoint(in: fitting, before: rest.dropFirst(fitting.count).first))
      lines.append(trimmedEnd(rest.prefix(taken)))
      rest = rest.dropFirst(taken).drop { $0 == " " }
      if rest.isEmpty { return lines }
    }
  }

  /// Characters to take of a line that does not fit: up to its last space, or all where a space follows or none is in it.
  private static func breakingPoint(in fitting: String, before next: Character?) -> Int {
    if next == " " { return fitting.count }
    guard let space = fitting.lastIndex(of: " "), space > fitting.startIndex else {
      return fitting.count
    }
    return fitting.distance(from: fitting.startIndex, to: space) + 1
  }

  private static func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

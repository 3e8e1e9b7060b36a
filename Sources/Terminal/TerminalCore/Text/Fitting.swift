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
    String(text[..<end(of: text[...], columns: columns)])
  }

  private static func end(of text: Substring, columns: Int) -> Substring.Index {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let character = text[end]
      used += character.utf8.count == 1 ? 1 : Cluster(character).width
      if used > columns { break }
      end = text.index(after: end)
    }
    return end
  }

  /// Lines of at most that many columns, broken at spaces where there are some; `\n` always breaks.
  package static func wrapped(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrappedLine($0, to: columns) }
  }

  /// In one pass: a line may be as long as a server likes.
  private static func wrappedLine(_ line: Substring, to columns: Int) -> [String] {
    var lines: [String] = []
    var rest = line
    while true {
      let end = end(of: rest, columns: columns)
      guard end < rest.endIndex else { return lines + [String(rest)] }
      let best = breakingPoint(in: rest[..<end], before: rest[end])
      let cut = best > rest.startIndex ? best : rest.index(after: rest.startIndex)
      lines.append(trimmedEnd(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
      if rest.isEmpty { return lines }
    }
  }

  /// Where a line that does not fit is cut: behind its last space, or at its end where a space follows or none is in it.
  private static func breakingPoint(
    in fitting: Substring, before next: Character
  ) -> Substring.Index {
    guard next != " ", let space = fitting.lastIndex(of: " "), space > fitting.startIndex else {
      return fitting.endIndex
    }
    return fitting.index(after: space)
  }

  private static func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

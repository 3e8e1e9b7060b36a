/// A path as routes name it: a segment that begins with a colon stands for any one, and has its name.
package struct PathPattern: Sendable, Hashable {
  package let text: String
  private let segments: [Substring]
  /// Without any variable: the text itself is the one path.
  package let isPlain: Bool

  package init(_ text: String) {
    self.text = text
    segments = text.split(separator: "/", omittingEmptySubsequences: false)
    isPlain = !segments.contains { $0.first == ":" }
  }

  package func matches(_ path: Substring) -> Bool { variables(of: path) != nil }

  /// What stands in the place of the variables, as it was sent; nil for another path.
  package func variables(of path: Substring) -> [String: String]? {
    if isPlain { return path == text ? [:] : nil }
    let given = path.split(separator: "/", omittingEmptySubsequences: false)
    guard given.count == segments.count else { return nil }
    var found: [String: String] = [:]
    for (segment, word) in zip(segments, given) where segment != word {
      guard segment.first == ":", !word.isEmpty else { return nil }
      found[String(segment.dropFirst())] = String(word)
    }
    return found
  }
}

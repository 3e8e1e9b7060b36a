import Glibc

/// A value within a text that is known to be sound JSON, by the keys that lead to it.
///
/// It is looked for only when it is asked for, and nothing on the way to it is read but keys.
package struct JSONText: Sendable, Hashable {
  private let whole: [UInt8]
  private let keys: [String]

  package init(_ whole: [UInt8], at keys: [String] = []) {
    self.whole = whole
    self.keys = keys
  }

  /// The value that a further key leads to.
  package func member(_ key: String) -> JSONText { JSONText(whole, at: keys + [key]) }

  /// The value byte for byte as it was written; nil where the keys lead nowhere.
  package var bytes: ArraySlice<UInt8>? {
    range.map { whole[$0] }
  }

  /// What stands between the brackets of an array, white space at both ends aside; nil where there is no array.
  package var elements: ArraySlice<UInt8>? {
    guard let bytes, bytes.first == Ascii.openBracket else { return nil }
    let inner = bytes.dropFirst().dropLast().drop { $0 <= Ascii.space }
    let end = inner.lastIndex { $0 > Ascii.space }
    return end.map { inner[...$0] } ?? []
  }

  private var range: Range<Int>? {
    whole.withUnsafeBufferPointer { text in
      let steps = TextSteps(text: text)
      guard let first = keys.first else { return steps.start..<steps.end(ofValueAt: steps.start) }
      return keys.dropFirst().reduce(steps.member(first, ofObjectAt: steps.start)) { place, key in
        place.flatMap { steps.member(key, ofObjectAt: $0.lowerBound) }
      }
    }
  }
}

/// Steps from value to value of a sound text; of one that is not, it stays within its bounds.
private struct TextSteps {
  let text: UnsafeBufferPointer<UInt8>

  /// Where the text's own value begins, behind a byte order mark and white space.
  var start: Int { behindSpace(text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0) }

  /// Where the value of the last member of that name stands.
  func member(_ name: String, ofObjectAt start: Int) -> Range<Int>? {
    guard start < text.count, text[start] == Ascii.openBrace else { return nil }
    var found: Range<Int>?
    var at = behindSpace(start + 1)
    while at < text.count, text[at] == Ascii.quote {
      let key = at..<end(ofStringAt: at)
      let start = behindSpace(behindSpace(key.upperBound) + 1)
      let end = end(ofValueAt: start)
      if isKey(key, name) { found = min(start, end)..<end }
      at = behindSpace(end)
      guard at < text.count, text[at] == Ascii.comma else { break }
      at = behindSpace(at + 1)
    }
    return found
  }

  private func isKey(_ range: Range<Int>, _ name: String) -> Bool {
    guard range.count >= 2 else { return false }
    let raw = text[range].dropFirst().dropLast()
    if raw.elementsEqual(name.utf8) { return true }
    guard raw.contains(Ascii.backslash) else { return false }
    do throws(JSONError) {
      return try JSON.parse(Array(text[range])).string?.hasSameScalars(as: name) ?? false
    } catch {
      return false
    }
  }

  func behindSpace(_ start: Int) -> Int {
    var at = start
    while at < text.count, text[at] <= Ascii.space { at &+= 1 }
    return at
  }

  func end(ofValueAt start: Int) -> Int {
    guard start < text.count else { return text.count }
    switch text[start] {
    case Ascii.quote: return end(ofStringAt: start)
    case Ascii.openBrace, Ascii.openBracket: return end(ofContainerAt: start)
    default: return end(ofWordAt: start)
    }
  }

  private func end(ofStringAt start: Int) -> Int {
    var from = start &+ 1
    while from < text.count, let base = text.baseAddress,
      let found = memchr(base + from, Int32(Ascii.quote), text.count - from)
    {
      let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if !isEscaped(quote, behind: start) { return quote &+ 1 }
      from = quote &+ 1
    }
    return text.count
  }

  /// An odd number of backslashes in front of it.
  private func isEscaped(_ place: Int, behind start: Int) -> Bool {
    var at = place &- 1
    while at > start, text[at] == Ascii.backslash { at &-= 1 }
    return (place &- at) & 1 == 0
  }

  private func end(ofContainerAt start: Int) -> Int {
    var at = start
    var depth = 0
    while at < text.count {
      switch text[at] {
      case Ascii.quote: at = end(ofStringAt: at)
      case Ascii.openBrace, Ascii.openBracket:
        depth &+= 1
        at &+= 1
      case Ascii.closeBrace, Ascii.closeBracket:
        depth &-= 1
        at &+= 1
        if depth == 0 { return at }
      default: at &+= 1
      }
    }
    return text.count
  }

  /// Of a number or literal.
  private func end(ofWordAt start: Int) -> Int {
    var at = start
    while at < text.count, text[at] > Ascii.space, text[at] != Ascii.comma,
      text[at] != Ascii.closeBrace, text[at] != Ascii.closeBracket
    {
      at &+= 1
    }
    return at
  }
}

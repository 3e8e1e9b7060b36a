/// Header fields in wire order. Names compare without case, duplicates are kept.
package struct HTTPFields: Sendable, Hashable {
  package private(set) var lines: [HTTPField]

  package init(_ lines: [HTTPField] = []) { self.lines = lines }

  package var isEmpty: Bool { lines.isEmpty }
  package var count: Int { lines.count }

  /// The first value of that name. Writing replaces every line of that name; nil removes them.
  package subscript(name: String) -> String? {
    get { place(of: name).map { lines[$0].value } }
    set {
      let place = lines.firstIndex { $0.name.equalsIgnoringASCIICase(name) }
      lines.removeAll { $0.name.equalsIgnoringASCIICase(name) }
      guard let newValue else { return }
      lines.insert(HTTPField(name, newValue), at: place ?? lines.count)
    }
  }

  /// Names of one length are few, and telling the length takes no look at the text.
  private func place(of name: String, from start: Int = 0) -> Int? {
    let count = name.utf8.count
    var index = start
    while index < lines.count {
      if lines[index].name.utf8.count == count, lines[index].name.equalsIgnoringASCIICase(name) {
        return index
      }
      index += 1
    }
    return nil
  }

  /// The value of that name where it stands there once.
  package func only(_ name: String) -> String? {
    guard let first = place(of: name), place(of: name, from: first + 1) == nil else { return nil }
    return lines[first].value
  }

  /// Every value of that name, in order.
  package func all(_ name: String) -> [String] {
    lines.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
  }

  package func contains(_ name: String) -> Bool { place(of: name) != nil }

  package mutating func append(_ name: String, _ value: String) {
    lines.append(HTTPField(name, value))
  }

  package mutating func append(_ field: HTTPField) { lines.append(field) }

  /// Each line of `other` replaces what is here under the same name.
  package func overlaid(with other: HTTPFields) -> HTTPFields {
    let kept = lines.filter { !other.contains($0.name) }
    return HTTPFields(kept + other.lines)
  }

  /// The elements of a comma-separated field over all its lines; commas in quoted strings do not split.
  package func elements(_ name: String) -> [String] { all(name).flatMap(Self.split) }

  static func split(_ list: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var quoted = false
    var escaped = false
    for byte in list.utf8 {
      if byte == UInt8(ascii: ","), !quoted {
        parts.append([])
        continue
      }
      if byte == UInt8(ascii: "\""), !escaped { quoted.toggle() }
      escaped = quoted && !escaped && byte == UInt8(ascii: "\\")
      parts[parts.count - 1].append(byte)
    }
    return parts.map { String(decoding: $0, as: UTF8.self).trimmingBlanks }.filter { !$0.isEmpty }
  }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    lines = elements.map { HTTPField($0.0, $0.1) }
  }
}

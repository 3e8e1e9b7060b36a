import JSON

/// Sets and removes members in the text of a JSON file; every other byte stays as it is.
struct JSONTextEdit {
  private let spans: JSONSpans
  private let lineEnd: String
  private let unit: String

  init(_ bytes: [UInt8]) {
    spans = JSONSpans(bytes: bytes)
    lineEnd = bytes.contains(0x0D) ? "\r\n" : "\n"
    unit = Self.unit(of: spans)
  }

  /// One step of indentation, as the file's first member shows it.
  private static func unit(of spans: JSONSpans) -> String {
    guard let root = spans.object(at: 0), let first = root.members.first,
      spans.hasLineBreak(root.open..<first.start)
    else { return "  " }
    let indentation = spans.indentation(of: first.start)
    return indentation.isEmpty ? "  " : indentation
  }

  // MARK: - Setting

  /// The text with the member at that path set; objects on the way are made. Nil where something else is in the way.
  func setting(_ path: [String], to value: JSON) -> [UInt8]? {
    guard let last = path.last else { return nil }
    if spans.skipSpace(0) == spans.bytes.count {
      let nested = path.reversed().reduce(value) { inner, key in .object([key: inner]) }
      return Array((nested.pretty(indent: "  ") + "\n").utf8)
    }
    guard var object = spans.object(at: 0) else { return nil }
    for (index, key) in path.dropLast().enumerated() {
      guard let member = object.members.last(where: { $0.key == key }) else {
        let nested = path[(index + 1)...].reversed().reduce(value) { inner, key in
          .object([key: inner])
        }
        return inserting(key, nested, into: object)
      }
      guard let next = spans.object(at: member.value.lowerBound),
        next.open == member.value.lowerBound
      else { return nil }
      object = next
    }
    guard let member = object.members.last(where: { $0.key == last }) else {
      return inserting(last, value, into: object)
    }
    return replacing(member.value, with: render(value, spans.indentation(of: member.start)))
  }

  private func inserting(
    _ key: String, _ value: JSON, into object: JSONSpans.Object
  ) -> [UInt8] {
    let name = JSON.string(key).compact
    guard let last = object.members.last else {
      let outer = spans.indentation(of: object.open)
      let text =
        "{\(lineEnd)\(outer)\(unit)\(name): \(render(value, outer + unit))\(lineEnd)\(outer)}"
      // A comment inside is the only thing that may stand between the braces.
      let isBlank = spans.bytes[(object.open + 1)..<object.close].allSatisfy { $0 <= 0x20 }
      if isBlank { return replacing(object.open..<object.close + 1, with: text) }
      let line = "\(lineEnd)\(outer)\(unit)\(name): \(render(value, outer + unit))"
      return replacing(object.open + 1..<object.open + 1, with: line)
    }
    guard spans.hasLineBreak(object.open..<last.start) else {
      let comma = last.comma == nil ? ", " : " "
      let at = last.comma.map { $0 + 1 } ?? last.value.upperBound
      return replacing(at..<at, with: "\(comma)\(name): \(spaced(value))")
    }
    let indentation = spans.indentation(of: last.start)
    let line = "\(lineEnd)\(indentation)\(name): \(render(value, indentation))"
    let end = spans.endOfLineContent(last.comma.map { $0 + 1 } ?? last.value.upperBound)
    if last.comma != nil { return replacing(end..<end, with: line + ",") }
    let after = replacing(end..<end, with: line)
    return Array(after[..<last.value.upperBound]) + [0x2C] + after[last.value.upperBound...]
  }

  private func render(_ value: JSON, _ indentation: String) -> String {
    value.pretty(indent: unit).replacing(text: "\n", with: lineEnd + indentation)
  }

  /// In one line, with the blanks that people write.
  private func spaced(_ value: JSON) -> String {
    switch value {
    case .array(let elements): "[" + elements.map(spaced).joined(separator: ", ") + "]"
    case .object(let object):
      "{"
        + object.members.map { "\(JSON.string($0.key).compact): \(spaced($0.value))" }
        .joined(separator: ", ") + "}"
    default: value.compact
    }
  }

  private func replacing(_ range: Range<Int>, with text: String) -> [UInt8] {
    Array(spans.bytes[..<range.lowerBound]) + Array(text.utf8) + spans.bytes[range.upperBound...]
  }

  // MARK: - Removing

  /// The text without the member at that path, each time it stands there; nil where there is none.
  func removing(_ path: [String]) -> [UInt8]? {
    guard var text = removingLast(path) else { return nil }
    while let less = JSONTextEdit(text).removingLast(path) { text = less }
    return text
  }

  private func removingLast(_ path: [String]) -> [UInt8]? {
    guard let last = path.last, var object = spans.object(at: 0) else { return nil }
    for key in path.dropLast() {
      guard let member = object.members.last(where: { $0.key == key }),
        let next = spans.object(at: member.value.lowerBound)
      else { return nil }
      object = next
    }
    guard let index = object.members.lastIndex(where: { $0.key == last }) else { return nil }
    return removing(index, from: object)
  }

  /// What is written below it is not about it.
  private func removing(
    onlyMember member: JSONSpans.Member, from object: JSONSpans.Object
  ) -> [UInt8] {
    let end = spans.endOfLineContent(member.comma.map { $0 + 1 } ?? member.value.upperBound)
    let isAlone = spans.bytes[min(end, object.close)..<object.close].allSatisfy { $0 <= 0x20 }
    return replacing(object.open + 1..<(isAlone ? object.close : end), with: "")
  }

  private func removing(_ index: Int, from object: JSONSpans.Object) -> [UInt8] {
    let member = object.members[index]
    guard object.members.count > 1 else { return removing(onlyMember: member, from: object) }
    let before = index > 0 ? object.members[index - 1] : nil
    let start = before.map { spans.endOfLineContent(($0.comma ?? $0.value.upperBound - 1) + 1) }
    if let comma = member.comma {
      let end = spans.endOfLineContent(comma + 1)
      return replacing((start ?? object.open + 1)..<end, with: "")
    }
    // The last one goes with the comma that parted it from the one before.
    let rest = replacing(
      (start ?? object.open + 1)..<spans.endOfLineContent(member.value.upperBound), with: "")
    guard let comma = before?.comma else { return rest }
    return Array(rest[..<comma]) + rest[(comma + 1)...]
  }
}

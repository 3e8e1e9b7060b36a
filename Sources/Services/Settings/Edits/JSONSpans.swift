import JSON

/// Where the members of an object stand in a text that is known to be sound, by byte offset.
struct JSONSpans {
  struct Member {
    let key: String
    let start: Int
    let value: Range<Int>
    /// The comma after it, where there is one.
    var comma: Int?
  }

  struct Object {
    let open: Int
    var close: Int
    var members: [Member] = []
  }

  let bytes: [UInt8]

  /// The object whose brace is the first thing at or after that offset.
  func object(at offset: Int) -> Object? {
    var at = skipSpace(offset)
    guard at < bytes.count, bytes[at] == 0x7B else { return nil }
    var object = Object(open: at, close: at)
    at = skipSpace(at + 1)
    while at < bytes.count, bytes[at] == 0x22 {
      let keyEnd = endOfString(at)
      let valueStart = skipSpace(skipSpace(keyEnd) + 1)
      let valueEnd = endOfValue(valueStart)
      var member = Member(
        key: key(at..<keyEnd), start: at, value: valueStart..<valueEnd)
      at = skipSpace(valueEnd)
      if at < bytes.count, bytes[at] == 0x2C {
        member.comma = at
        at = skipSpace(at + 1)
      }
      object.members.append(member)
    }
    object.close = at
    return object
  }

  private func key(_ range: Range<Int>) -> String {
    do throws(JSONError) {
      return try JSON.parse(Array(bytes[range])).string ?? ""
    } catch {
      return ""
    }
  }

  private func endOfString(_ start: Int) -> Int {
    var at = start + 1
    while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
    return min(at + 1, bytes.count)
  }

  private func endOfValue(_ start: Int) -> Int {
    var at = start
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x22: at = endOfString(at)
      case 0x7B, 0x5B:
        depth += 1
        at += 1
      case 0x7D, 0x5D:
        if depth == 0 { return at }
        depth -= 1
        at += 1
      case 0x2F: at = max(skipSpace(at), at + 1)
      case 0x2C where depth == 0: return at
      case let byte where byte <= 0x20 && depth == 0: return at
      default: at += 1
      }
      if depth == 0, at > start, [0x22, 0x7D, 0x5D].contains(bytes[at - 1]) { return at }
    }
    return at
  }

  /// Past white space and comments.
  func skipSpace(_ start: Int) -> Int {
    var at = start
    if at == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    while at < bytes.count {
      if bytes[at] <= 0x20 {
        at += 1
      } else if let end = endOfComment(at) {
        at = end
      } else {
        break
      }
    }
    return at
  }

  func endOfComment(_ start: Int) -> Int? {
    guard start + 1 < bytes.count, bytes[start] == 0x2F else { return nil }
    if bytes[start + 1] == 0x2F {
      return bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    }
    guard bytes[start + 1] == 0x2A else { return nil }
    var at = start + 2
    while at + 1 < bytes.count, bytes[at] != 0x2A || bytes[at + 1] != 0x2F { at += 1 }
    return min(at + 2, bytes.count)
  }

  /// Past blanks and comments that end in the same line; where the line's own content ends.
  func endOfLineContent(_ start: Int) -> Int {
    var at = start
    var end = start
    while at < bytes.count, bytes[at] != 0x0A {
      if bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D {
        at += 1
      } else if let comment = endOfComment(at), !bytes[at..<comment].contains(0x0A) {
        end = comment
        at = comment
      } else {
        return start
      }
    }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// The blanks that a line begins with, of the line an offset stands in.
  func indentation(of offset: Int) -> String {
    let line = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let blanks = bytes[line..<offset].prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: blanks, as: UTF8.self)
  }

  func hasLineBreak(_ range: Range<Int>) -> Bool { bytes[range].contains(0x0A) }
}

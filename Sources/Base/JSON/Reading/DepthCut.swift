/// The first value of a text, with whatever is nested too deep as strings in its place, so that the rest can be read.
package struct DepthCut: Sendable {
  /// The value's text after the cut.
  private(set) var text: [UInt8] = []
  /// Bytes of the original that the value takes; nil where it does not end.
  package private(set) var length: Int?
  /// Where in the new text the first of those strings begins.
  private(set) var firstCut: Int?
  let limit: Int
  private var depth = 0
  private var cutStart: Int?
  private var isInString = false
  private var isEscaped = false

  package init(_ original: ArraySlice<UInt8>, limit: Int = JSONReadingOptions.safeDepth) {
    self.limit = limit
    for (offset, byte) in original.enumerated() {
      take(byte)
      if depth == 0, byte == Ascii.closeBrace || byte == Ascii.closeBracket, !isInString {
        length = offset + 1
        return
      }
    }
    // What was begun and never ended is no string either.
    if let cutStart { text.removeSubrange(cutStart...) }
  }

  private mutating func take(_ byte: UInt8) {
    if isInString {
      isInString = isEscaped || byte != Ascii.quote
      isEscaped = !isEscaped && byte == Ascii.backslash
      return keep(byte)
    }
    switch byte {
    case Ascii.quote:
      isInString = true
      keep(byte)
    case Ascii.openBrace, Ascii.openBracket:
      depth += 1
      if depth == limit + 1 { beginCut() }
      keep(byte)
    case Ascii.closeBrace, Ascii.closeBracket:
      keep(byte)
      if depth == limit + 1 { endCut() }
      depth -= 1
    default: keep(byte)
    }
  }

  private mutating func beginCut() {
    cutStart = text.count
    if firstCut == nil { firstCut = text.count }
    text.append(Ascii.quote)
  }

  private mutating func endCut() {
    cutStart = nil
    text.append(Ascii.quote)
  }

  private mutating func keep(_ byte: UInt8) {
    guard cutStart != nil, byte < Ascii.space || byte == Ascii.quote || byte == Ascii.backslash
    else { return text.append(byte) }
    guard byte < Ascii.space else {
      text += [Ascii.backslash, byte]
      return
    }
    let digits = Array("0123456789abcdef".utf8)
    text += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}

extension JSON {
  /// As `read`; what is nested deeper than can be read stands in the value as the text that it is, and a finding says so.
  package static func readCuttingDepth(_ bytes: [UInt8]) throws(JSONError) -> JSONReading {
    do throws(JSONError) { return try read(bytes) } catch {
      guard case .tooDeep(let limit) = error.problem else { throw error }
      let cut = DepthCut(bytes[...], limit: limit)
      guard let length = cut.length, bytes[length...].allSatisfy({ $0 <= Ascii.space }) else {
        throw error
      }
      return try read(cut)
    }
  }

  package static func read(_ cut: DepthCut) throws(JSONError) -> JSONReading {
    let document = try JSONDocument(cut.text)
    let tooDeep = cut.firstCut.map { offset in
      JSONFinding(
        kind: .tooDeep(limit: cut.limit), position: document.position(of: offset),
        pointer: document.pointer(at: offset))
    }
    return JSONReading(
      value: document.tree, findings: [tooDeep].compactMap(\.self) + document.findings)
  }
}

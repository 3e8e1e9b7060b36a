/// Cuts a template into literals and expressions.
struct URITemplateParser {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  func parts() throws(URITemplateError) -> [URITemplate.Part] {
    var parts: [URITemplate.Part] = []
    var index = 0
    while index < bytes.count {
      let open = bytes[index...].firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
      let literal = bytes[index..<open]
      if let stray = literal.firstIndex(of: UInt8(ascii: "}")) { throw .strayBrace(at: stray) }
      if !literal.isEmpty { parts.append(.literal(URITemplateText.literal(literal))) }
      guard open < bytes.count else { break }
      guard let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")) else {
        throw .unclosedBrace(at: open)
      }
      parts.append(.expression(try expression(from: open + 1, to: close)))
      index = close + 1
    }
    return parts
  }

  private func expression(
    from start: Int, to end: Int
  ) throws(URITemplateError) -> URITemplate.Expression {
    guard start < end else { throw .emptyExpression(at: start - 1) }
    let mark = Character(Unicode.Scalar(bytes[start]))
    if "=,!@|".contains(mark) { throw .reservedOperator(mark, at: start) }
    let marked = URITemplate.Style.all.first { $0.mark == mark }
    let style = marked ?? URITemplate.Style.all[0]
    var variables: [URITemplate.Variable] = []
    var index = marked == nil ? start : start + 1
    let list = bytes[index..<end].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    for part in list {
      variables.append(try variable(part, mark: style.mark, at: index))
      index += part.count + 1
    }
    return URITemplate.Expression(style: style, variables: variables)
  }

  private func variable(
    _ part: ArraySlice<UInt8>, mark: Character?, at index: Int
  ) throws(URITemplateError) -> URITemplate.Variable {
    let isExploded = part.last == UInt8(ascii: "*")
    let spec = isExploded ? part.dropLast() : part
    let colon = spec.firstIndex(of: UInt8(ascii: ":"))
    let name = spec[..<(colon ?? spec.endIndex)]
    let digits = colon.map { spec[($0 + 1)...] }
    let prefix = digits.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    let isPrefixRight =
      colon == nil
      || !isExploded && prefix.map { (1..<10_000).contains($0) } == true
        && digits?.allSatisfy(\.isDigit) == true
    guard isName(name), isPrefixRight else {
      throw .badVariable(String(decoding: part, as: UTF8.self), at: index)
    }
    return URITemplate.Variable(
      name: String(decoding: name, as: UTF8.self), isExploded: isExploded, prefix: prefix,
      mark: mark)
  }

  /// Letters, digits, `_`, `%XX`, dots within. Hyphens are outside the RFC and common all the same.
  private func isName(_ name: ArraySlice<UInt8>) -> Bool {
    let marks = Set("_%-".utf8)
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isAlphanumeric || marks.contains($0) || $0 > 0x7F }
    }
  }
}

/// The encodings that templates use.
enum URITemplateText {
  static func literal(_ bytes: some Collection<UInt8>) -> String {
    encode(Array(bytes), allowsReserved: true)
  }

  /// Unreserved characters stay; with `allowsReserved` reserved ones and `%XX` stay too.
  static func encode(_ bytes: [UInt8], allowsReserved: Bool) -> String {
    var out: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let stays =
        byte.isUnreserved
        || allowsReserved
          && (byte.isReserved || PercentEncoding.escaped(bytes, at: index) != nil)
      if stays { out.append(byte) } else { out += PercentEncoding.escape(byte) }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

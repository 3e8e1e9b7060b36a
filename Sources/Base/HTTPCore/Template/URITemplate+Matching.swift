extension URITemplate {
  /// The values with which this template gives that URI, or nil.
  ///
  /// Where several would do, earlier variables take as much as they can. Very long URIs and
  /// templates are not tried, nor more than a bounded number of ways.
  package func match(_ uri: String) -> [String: URITemplateValue]? {
    let bytes = Array(uri.utf8)
    guard bytes.count <= 4096, parts.count <= 256 else { return nil }
    var matcher = URITemplateMatcher(parts: parts, uri: bytes)
    return matcher.match(part: 0, at: 0)
  }
}

/// Backtracks over the parts; what the parts from one on make of the rest of a URI is found out once for each place.
private struct URITemplateMatcher {
  private struct Place: Hashable {
    let part: Int
    let index: Int
  }

  let parts: [URITemplate.Part]
  let uri: [UInt8]
  private var known: [Place: [String: URITemplateValue]?] = [:]
  /// How much may still be tried: each end of an expression counts by its length.
  private var effort = 16_000

  init(parts: [URITemplate.Part], uri: [UInt8]) {
    self.parts = parts
    self.uri = uri
  }

  mutating func match(part: Int, at index: Int) -> [String: URITemplateValue]? {
    guard part < parts.count else { return index == uri.count ? [:] : nil }
    let place = Place(part: part, index: index)
    if let known = known[place] { return known }
    let found =
      switch parts[part] {
      case .literal(let text): literal(Array(text.utf8), part, index)
      case .expression(let expression): self.expression(expression, part, index)
      }
    known[place] = .some(found)
    return found
  }

  private mutating func literal(
    _ text: [UInt8], _ part: Int, _ index: Int
  ) -> [String: URITemplateValue]? {
    guard uri[index...].starts(with: text) else { return nil }
    return match(part: part + 1, at: index + text.count)
  }

  private mutating func expression(
    _ expression: URITemplate.Expression, _ part: Int, _ index: Int
  ) -> [String: URITemplateValue]? {
    let first = Array(expression.style.first.utf8)
    let start = index + first.count
    if uri[index...].starts(with: first) {
      var end = start
      while end < uri.count, expression.style.mayHold(uri[end]) { end += 1 }
      while end >= start, effort > 0 {
        effort -= 1
        if mayFollow(part, at: end), let own = values(expression, uri[start..<end]),
          let rest = match(part: part + 1, at: end),
          let both = merged(own, rest)
        {
          return both
        }
        end -= 1
      }
    }
    return first.isEmpty ? nil : match(part: part + 1, at: index)
  }

  /// Whether the text behind a part, where the template has some, stands there.
  private func mayFollow(_ part: Int, at index: Int) -> Bool {
    guard part + 1 < parts.count else { return index == uri.count }
    guard case .literal(let text) = parts[part + 1] else { return true }
    return uri[index...].starts(with: text.utf8)
  }

  private mutating func values(
    _ expression: URITemplate.Expression, _ text: ArraySlice<UInt8>
  ) -> [String: URITemplateValue]? {
    effort -= text.count / 16
    return expression.values(text)
  }

  /// A variable that stands twice must have one value.
  private func merged(
    _ own: [String: URITemplateValue], _ rest: [String: URITemplateValue]
  ) -> [String: URITemplateValue]? {
    for (name, value) in own where rest[name] != nil && rest[name] != value { return nil }
    return own.merging(rest) { first, _ in first }
  }
}

extension URITemplate.Style {
  fileprivate func mayHold(_ byte: UInt8) -> Bool {
    if allowsReserved { return byte.isReserved || byte.isUnreserved || byte == UInt8(ascii: "%") }
    let marks = isNamed ? separator + ",=" : separator + ",="
    return byte.isUnreserved || byte == UInt8(ascii: "%") || byte > 0x7F
      || marks.utf8.contains(byte)
  }
}

extension URITemplate.Expression {
  /// What each variable holds when the expression stands for this text.
  fileprivate func values(_ text: ArraySlice<UInt8>) -> [String: URITemplateValue]? {
    style.isNamed ? namedValues(text) : orderedValues(text)
  }

  private func namedValues(_ text: ArraySlice<UInt8>) -> [String: URITemplateValue]? {
    var found: [String: URITemplateValue] = [:]
    var lists: [String: [String]] = [:]
    for part in text.split(separator: separatorByte, omittingEmptySubsequences: false) {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      let name = String(decoding: part[..<equals], as: UTF8.self)
      guard let variable = variables.first(where: { $0.name == name }) else { return nil }
      let value = decode(part[equals...].dropFirst())
      if variable.isExploded { lists[name, default: []].append(value) }
      guard found.updateValue(.string(value), forKey: name) == nil || variable.isExploded else {
        return nil
      }
    }
    for (name, items) in lists { found[name] = .list(items) }
    return found
  }

  private func orderedValues(_ text: ArraySlice<UInt8>) -> [String: URITemplateValue]? {
    guard let last = variables.last else { return nil }
    if variables.count == 1, !last.isExploded {
      return style.allowsReserved || !text.contains(separatorByte) || style.separator == ","
        ? checked(last, decode(text)) : nil
    }
    let parts = text.split(separator: separatorByte, omittingEmptySubsequences: false)
    guard parts.count <= variables.count || last.isExploded else { return nil }
    var found: [String: URITemplateValue] = [:]
    for (variable, part) in zip(variables, parts) where !variable.isExploded {
      guard let value = checked(variable, decode(part)) else { return nil }
      found.merge(value) { first, _ in first }
    }
    if last.isExploded, parts.count >= variables.count {
      found[last.name] = .list(parts[(variables.count - 1)...].map(decode))
    }
    return found
  }

  private func checked(
    _ variable: URITemplate.Variable, _ value: String
  ) -> [String: URITemplateValue]? {
    if let prefix = variable.prefix, value.unicodeScalars.count > prefix { return nil }
    return [variable.name: .string(value)]
  }

  private var separatorByte: UInt8 { style.separator.utf8.first ?? UInt8(ascii: ",") }

  private func decode(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: PercentEncoding.decode(String(decoding: bytes, as: UTF8.self)), as: UTF8.self)
  }
}

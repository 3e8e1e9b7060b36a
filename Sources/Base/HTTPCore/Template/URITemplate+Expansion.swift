extension URITemplate {
  /// The URI for these values; variables without one are left out, as the RFC says.
  package func expand(_ values: [String: URITemplateValue]) -> String {
    parts.map { $0.expanded(values) }.joined()
  }
}

extension URITemplate.Part {
  fileprivate func expanded(_ values: [String: URITemplateValue]) -> String {
    switch self {
    case .literal(let text): text
    case .expression(let expression): expression.expanded(values)
    }
  }
}

extension URITemplate.Expression {
  fileprivate func expanded(_ values: [String: URITemplateValue]) -> String {
    let parts = variables.compactMap { variable -> String? in
      guard let value = values[variable.name], !value.isUndefined else { return nil }
      return text(of: value, as: variable)
    }
    return parts.isEmpty ? "" : style.first + parts.joined(separator: style.separator)
  }

  private func text(of value: URITemplateValue, as variable: URITemplate.Variable) -> String {
    switch value {
    case .string(let string):
      let used = variable.prefix.map {
        String(String.UnicodeScalarView(string.unicodeScalars.prefix($0)))
      }
      return named(variable.name, encode(used ?? string))
    case .list(let items) where variable.isExploded:
      let parts = items.map { style.isNamed ? named(variable.name, encode($0)) : encode($0) }
      return parts.joined(separator: style.separator)
    case .list(let items):
      return named(variable.name, items.map(encode).joined(separator: ","))
    case .pairs(let pairs) where variable.isExploded:
      return pairs.map { spread($0) }.joined(separator: style.separator)
    case .pairs(let pairs):
      let flat = pairs.flatMap { [encode($0.name), encode($0.value)] }
      return named(variable.name, flat.joined(separator: ","))
    }
  }

  private func spread(_ pair: URITemplateValue.Pair) -> String {
    let value = encode(pair.value)
    if style.isNamed, value.isEmpty { return encode(pair.name) + style.ifEmpty }
    return encode(pair.name) + "=" + value
  }

  private func named(_ name: String, _ value: String) -> String {
    guard style.isNamed else { return value }
    let written = URITemplateText.literal(name.utf8)
    return value.isEmpty ? written + style.ifEmpty : written + "=" + value
  }

  private func encode(_ text: String) -> String {
    URITemplateText.encode(Array(text.utf8), allowsReserved: style.allowsReserved)
  }
}

extension JSON {
  /// The same value with another one at a pointer; missing parents become objects.
  package func placing(_ value: JSON, at pointer: JSONPointer) throws(JSONEditError) -> JSON {
    try placing(value, pointer, from: 0)
  }

  private func placing(
    _ value: JSON, _ pointer: JSONPointer, from level: Int
  ) throws(JSONEditError) -> JSON {
    guard level < pointer.tokens.count else { return value }
    let token = pointer.tokens[level]
    switch self {
    case .object(var object):
      object[token] = try (object[token] ?? [:]).placing(value, pointer, from: level + 1)
      return .object(object)
    case .array(var elements):
      if let index = JSONPointer.index(token, below: elements.count) {
        elements[index] = try elements[index].placing(value, pointer, from: level + 1)
      } else if token == "-" || token == String(elements.count) {
        elements.append(try JSON.object([:]).placing(value, pointer, from: level + 1))
      } else {
        let place = JSONPointer(Array(pointer.tokens[..<level]))
        throw JSONEditError.noIndex(place, token: token, count: elements.count)
      }
      return .array(elements)
    default:
      throw JSONEditError.noContainer(JSONPointer(Array(pointer.tokens[..<level])), kind)
    }
  }

  /// The same value without what stands at a pointer; the whole value cannot be taken away.
  package func removing(at pointer: JSONPointer) -> JSON {
    guard let token = pointer.tokens.first else { return self }
    let rest = JSONPointer(Array(pointer.tokens.dropFirst()))
    switch self {
    case .object(var object):
      guard let value = object[token] else { return self }
      object[token] = rest.isRoot ? JSON?.none : value.removing(at: rest)
      return .object(object)
    case .array(var elements):
      guard let index = JSONPointer.index(token, below: elements.count) else { return self }
      if rest.isRoot {
        elements.remove(at: index)
      } else {
        elements[index] = elements[index].removing(at: rest)
      }
      return .array(elements)
    default: return self
    }
  }
}

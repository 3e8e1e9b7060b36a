import JSON

/// Values of a form by the way to them.
extension JSON {
  func value(at path: [String]) -> JSON? {
    var value = self
    for token in path {
      switch value {
      case .object(let object):
        guard let next = object[token] else { return nil }
        value = next
      case .array(let elements):
        guard let index = JSONPointer.index(token, below: elements.count) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }

  /// The same with another value there, or without one; parents that are missing become objects.
  func setting(_ path: [String], to value: JSON?) -> JSON {
    guard let token = path.first else { return value ?? .object([:]) }
    let rest = Array(path.dropFirst())
    if case .array(var elements) = self {
      guard let index = JSONPointer.index(token, below: elements.count + 1) else { return self }
      if index == elements.count {
        if let value { elements.append(JSON.null.setting(rest, to: value)) }
      } else if rest.isEmpty, value == nil {
        elements.remove(at: index)
      } else {
        elements[index] = elements[index].setting(rest, to: value)
      }
      return .array(elements)
    }
    var object = self.object ?? [:]
    if rest.isEmpty {
      object[token] = value
    } else if value != nil || object[token] != nil {
      object[token] = (object[token] ?? [:]).setting(rest, to: value)
    }
    return .object(object)
  }
}

/// One step down into an instance.
package enum InstanceStep: Sendable, Hashable {
  case member(String)
  case element(Int)

  var token: String {
    switch self {
    case .member(let name): PointerText.escaped(name)
    case .element(let index): String(index)
    }
  }
}

extension [InstanceStep] {
  /// The steps as a JSON Pointer.
  package var pointer: String { reduce(into: "") { $0 += "/" + $1.token } }

  /// The steps as people say them: `user.tags[2]`; empty for the whole value.
  package var words: String {
    reduce(into: "") { text, step in
      switch step {
      case .member(let name): text += (text.isEmpty ? "" : ".") + Self.shown(name)
      case .element(let index): text += "[\(index)]"
      }
    }
  }

  private static func shown(_ name: String) -> String {
    let isPlain =
      !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar == "_" || scalar == "-" || scalar == "$" || scalar == "@" || scalar == "/"
          || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
    return isPlain ? name : name.debugDescription
  }
}

package import JSON

/// A request id exactly as it stands on the wire: `1`, `1.0` and `"1"` are three ids.
package enum RPCID: Sendable {
  case string(String)
  case number(JSONNumber)

  package init(_ value: Int) { self = .number(JSONNumber(value)) }

  /// Nil for anything that may not be an id, null included.
  package init?(_ json: JSON) {
    switch json {
    case .string(let text): self = .string(text)
    case .number(let number): self = .number(number)
    default: return nil
    }
  }

  package var json: JSON {
    switch self {
    case .string(let text): .string(text)
    case .number(let number): .number(number)
    }
  }

  /// Whether a careless peer may have meant the other one: `"7"` for `7`, `7.0` for `7`.
  package func resembles(_ other: RPCID) -> Bool {
    if self == other { return true }
    guard let mine = integer, let theirs = other.integer else { return false }
    return mine == theirs
  }

  /// The integer behind the id, whichever way it is written.
  package var integer: Int? {
    switch self {
    case .string(let text): Int(text)
    case .number(let number): number.int
    }
  }
}

/// Equality is by kind and text: number ids beyond 2^53 must not collapse into one.
extension RPCID: Hashable {
  package static func == (left: RPCID, right: RPCID) -> Bool {
    switch (left, right) {
    case (.string(let a), .string(let b)): a == b
    case (.number(let a), .number(let b)): a.text == b.text
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .string(let text):
      hasher.combine(0)
      hasher.combine(text)
    case .number(let number):
      hasher.combine(1)
      hasher.combine(number.text)
    }
  }
}

extension RPCID: CustomStringConvertible {
  package var description: String {
    switch self {
    case .string(let text): "\"\(text)\""
    case .number(let number): number.text
    }
  }
}

extension RPCID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  package init(integerLiteral value: Int) { self.init(value) }
  package init(stringLiteral value: String) { self = .string(value) }
}

/// A number as its exact text: `1e400`, `0.10` and twenty-digit integers survive.
package struct JSONNumber: Sendable {
  /// The text as written, always one of RFC 8259's numbers.
  package let text: String

  /// Trusts its caller: the parser has already checked the grammar.
  init(verified text: String) { self.text = text }

  package init(_ value: some BinaryInteger) { text = String(value) }

  /// JSON has no infinities and no NaN; these become `null`'s nearest number, zero.
  package init(_ value: Double) {
    guard value.isFinite else {
      text = "0"
      return
    }
    text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  package var double: Double { Double(text) ?? .nan }

  /// The machine integer this number equals, if one does.
  package var int: Int? {
    if let exact = Int(text) { return exact }
    guard let value = Double(text), abs(value) < 9e15, value == value.rounded() else { return nil }
    return Int(value)
  }
}

extension JSONNumber: Hashable {
  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    left.text == right.text || left.double == right.double
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(double) }
}

/// A number as its exact text: `1e400`, `0.10` and twenty-digit integers survive.
package struct JSONNumber: Sendable {
  /// The text as written, always one of RFC 8259's numbers.
  package let text: String

  /// Trusts its caller: the parser has already checked the grammar.
  init(verified text: String) { self.text = text }

  /// A number in JSON's own grammar; nil for any other text.
  package init?(text: String) {
    guard text.utf8.first != Ascii.space, let last = text.utf8.last, Ascii.isDigit(last) else {
      return nil
    }
    do throws(JSONError) {
      guard case .number(let number) = try JSON.parse(text), number.text == text else { return nil }
      self = number
    } catch {
      return nil
    }
  }

  package init(_ value: some BinaryInteger) { text = String(value) }

  /// JSON has no infinities and no NaN; these become zero.
  package init(_ value: Double) {
    guard value.isFinite else {
      text = "0"
      return
    }
    text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  /// The nearest machine number; infinite where the number is beyond those.
  package var double: Double { Double(text) ?? .nan }

  /// The machine integer this number equals, if one does: `1.0` is 1, `1e2` is 100.
  package var int: Int? {
    if let exact = Int(text) { return exact }
    return JSONDecimal(self).integerText.flatMap { Int($0) }
  }

  /// Whether the value has no fraction, however it is written.
  package var isInteger: Bool { Int(text) != nil || JSONDecimal(self).isInteger }

  package var isNegative: Bool { JSONDecimal(self).isNegative }
}

/// By value and without rounding: `1.0` is `1`, `1e400` is `10e399`, and 2^53 is not 2^53 + 1.
extension JSONNumber: Hashable {
  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    if left.text == right.text { return true }
    if let a = Int(left.text), let b = Int(right.text) { return a == b }
    return JSONDecimal(left) == JSONDecimal(right)
  }

  /// Numbers that only round to the same machine number hash apart, or a list of them would take forever to hash.
  package func hash(into hasher: inout Hasher) {
    if let int { return hasher.combine(int) }
    hasher.combine(JSONDecimal(self))
  }
}

extension JSONNumber: Comparable {
  package static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    if let a = Int(left.text), let b = Int(right.text) { return a < b }
    return JSONDecimal(left) < JSONDecimal(right)
  }
}

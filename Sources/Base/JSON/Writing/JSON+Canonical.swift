extension JSON {
  /// One text for equal values: RFC 8785's layout, keys sorted by UTF-16, shortest numbers.
  ///
  /// Where RFC 8785 would round a number to a double, all its digits stay (`1e400` is `1e+400`),
  /// so that different values never share a text. Of duplicate keys the last one is written.
  package var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }

  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter(isCanonical: true)
    writer.reserve()
    writer.write(self)
    return writer.bytes
  }
}

extension JSONObject {
  /// The last of each key, sorted by UTF-16 code units.
  var canonicalMembers: [Member] {
    if isInOrder { return members }
    let kept = keptIndices.map { members[$0] }
    // As many bytes as code units: ASCII, which sorts alike by both.
    guard kept.allSatisfy({ $0.key.utf8.count == $0.key.utf16.count }) else {
      return kept.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    }
    return kept.sorted { $0.key < $1.key }
  }
}

extension JSONObject {
  /// Nothing to sort and nothing to leave out, as in most objects of few members; ASCII sorts alike by bytes and units.
  private var isInOrder: Bool {
    for (index, member) in members.enumerated() {
      guard member.key.utf8.count == member.key.utf16.count,
        index == 0 || members[index - 1].key < member.key
      else { return false }
    }
    return true
  }
}

extension JSONNumber {
  /// Short integers stand as they are written.
  fileprivate var isShortInteger: Bool {
    text.utf8.count <= 15 && text != "-0"
      && text.utf8.allSatisfy { $0 == Ascii.minus || Ascii.isDigit($0) }
  }

  var canonicalText: String { isShortInteger ? text : JSONDecimal(self).canonicalText }
}

extension JSONDecimal {
  /// ECMAScript's layout: plain between 1e-7 and 1e21, else one digit before the point and an exponent.
  var canonicalText: String {
    guard !digits.isEmpty else { return "0" }
    let sign = isNegative ? "-" : ""
    if let vast {
      return sign + plain + "e" + (vast.isNegative ? "-" : "+") + Self.text(vast.digits)
    }
    if point > -6 && point <= 21 { return sign + plain }
    let fraction = digits.count > 1 ? "." + Self.text(digits[1...]) : ""
    let exponent = point - 1
    return sign + Self.text(digits[..<1]) + fraction + (exponent < 0 ? "e" : "e+") + "\(exponent)"
  }

  /// Without an exponent.
  private var plain: String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + Self.text(digits[...]) }
    if point >= digits.count {
      return Self.text(digits[...]) + String(repeating: "0", count: point - digits.count)
    }
    return Self.text(digits[..<point]) + "." + Self.text(digits[point...])
  }

  private static func text(_ digits: some Sequence<UInt8>) -> String {
    String(decoding: digits.map { $0 + Ascii.zero }, as: UTF8.self)
  }
}

/// An IPv6 address; zones are refused, as in URLs.
package struct IPv6Address: Sendable, Hashable, CustomStringConvertible {
  /// Eight groups of sixteen bits.
  package let groups: [UInt16]

  package init?(_ text: String) {
    guard text.utf8.count <= 45 else { return nil }
    let halves = Self.halves(text)
    guard halves.count <= 2, let head = Self.groups(halves[0]),
      let tail = halves.count == 2 ? Self.groups(halves[1]) : []
    else { return nil }
    let missing = 8 - head.count - tail.count
    guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
    groups = head + Array(repeating: 0, count: missing) + tail
  }

  /// RFC 5952: the longest run of two or more zero groups is cut, digits in lower case.
  package var description: String {
    guard let run = longestZeroRun else { return Self.text(groups[...]) }
    return Self.text(groups[..<run.lowerBound]) + "::" + Self.text(groups[run.upperBound...])
  }

  package var isLoopback: Bool {
    groups == [0, 0, 0, 0, 0, 0, 0, 1] || embedded?.isLoopback == true
  }

  /// Not reachable from the public network.
  package var isPrivate: Bool {
    if let embedded { return embedded.isPrivate }
    let first = groups[0]
    return groups.dropLast().allSatisfy { $0 == 0 } && groups[7] <= 1
      || first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80 || first & 0xFF00 == 0xFF00
  }

  /// The IPv4 address of `::ffff:a.b.c.d` and `64:ff9b::a.b.c.d`.
  private var embedded: IPv4Address? {
    let isMapped = groups[..<6] == [0, 0, 0, 0, 0, 0xFFFF]
    let isTranslated = groups[..<6] == [0x64, 0xFF9B, 0, 0, 0, 0]
    guard isMapped || isTranslated else { return nil }
    return IPv4Address(bits: UInt32(groups[6]) << 16 | UInt32(groups[7]))
  }

  private var longestZeroRun: Range<Int>? {
    var best: Range<Int>?
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(1, best?.count ?? 1) { best = start..<index }
      start = index + 1
    }
    return best
  }
}

// MARK: - Text

extension IPv6Address {
  private static func text(_ groups: ArraySlice<UInt16>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Cut at `::`; three parts mean that it stands there twice.
  private static func halves(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = Substring(text)
    while let cut = rest.firstRange(ofDoubleColon: ()) {
      parts.append(rest[..<cut.lowerBound])
      rest = rest[cut.upperBound...]
    }
    return parts + [rest]
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
        guard let pair = dotted(part) else { return nil }
        groups += pair
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0.hexValue != nil }),
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups.count <= 8 ? groups : nil
  }

  /// Four plain decimal numbers, as the last two groups.
  private static func dotted(_ text: Substring) -> [UInt16]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let octets = parts.compactMap { part -> UInt16? in
      let isPlain = part.utf8.allSatisfy(\.isDigit) && (part == "0" || part.first != "0")
      return isPlain ? UInt8(part).map(UInt16.init) : nil
    }
    guard parts.count == 4, octets.count == 4 else { return nil }
    return [octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]]
  }
}

extension Substring {
  fileprivate func firstRange(ofDoubleColon: Void) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      let after = utf8.index(after: index)
      guard after < endIndex else { return nil }
      if utf8[index] == UInt8(ascii: ":"), utf8[after] == UInt8(ascii: ":") {
        return index..<utf8.index(after: after)
      }
      index = after
    }
    return nil
  }
}

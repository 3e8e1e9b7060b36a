/// Internet addresses as texts.
enum AddressText {
  static func isIPv4(_ text: some StringProtocol) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(ASCII.isDigit) else { return false }
        if part.count > 1, part.first == UInt8(ascii: "0") { return false }
        return part.reduce(0) { $0 * 10 + Int($1 & 15) } <= 255
      }
  }

  /// Eight groups, some of them left out once as `::`, the last two perhaps as an IPv4 address.
  static func isIPv6(_ text: some StringProtocol) -> Bool {
    let text = String(text)
    let halves = split(text)
    guard halves.count <= 2 else { return false }
    var count = 0
    for (index, half) in halves.enumerated() {
      guard let groups = groups(half, mayEndInIPv4: index == halves.count - 1) else { return false }
      count += groups
    }
    return halves.count == 2 ? count <= 7 : count == 8
  }

  private static func split(_ text: String) -> [Substring] {
    var halves: [Substring] = []
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == ":", next < text.endIndex, text[next] == ":" {
        halves.append(text[start..<index])
        start = text.index(after: next)
        index = start
      } else {
        index = next
      }
    }
    return halves + [text[start...]]
  }

  private static func groups(_ half: Substring, mayEndInIPv4: Bool) -> Int? {
    if half.isEmpty { return 0 }
    let groups = half.split(separator: ":", omittingEmptySubsequences: false)
    var count = 0
    for (index, group) in groups.enumerated() {
      if mayEndInIPv4, index == groups.count - 1, isIPv4(group) {
        count += 2
      } else {
        guard (1...4).contains(group.utf8.count), group.utf8.allSatisfy(ASCII.isHexDigit) else {
          return nil
        }
        count += 1
      }
    }
    return count
  }
}

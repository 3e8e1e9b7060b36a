/// What keeps an address from being one; the transport's own reader goes deeper.
package enum URLProblem: Sendable, Hashable {
  case noHost
  case badPort(String)
  case space
  case placeholder(String)

  package var sentence: String {
    switch self {
    case .noHost: "there is no host in it"
    case .badPort(let port): "'\(port)' is no port"
    case .space: "there is a space in it"
    case .placeholder(let text): "\(text) still waits for its value"
    }
  }

  static func first(in url: String) -> URLProblem? {
    if let placeholder = Placeholder.first(in: url) { return .placeholder(placeholder) }
    if url.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
      return .space
    }
    return authorityProblem(of: url)
  }

  private static func authorityProblem(of url: String) -> URLProblem? {
    guard let start = url.firstRange(of: "://")?.upperBound else { return .noHost }
    // A variable may stand for any part: nothing to say before it has its value.
    if url[start...].contains("${") { return nil }
    var authority = url[start...].prefix { !"/?#".contains($0) }
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
    }
    guard let host = hostEnd(of: authority) else { return .noHost }
    let rest = authority[host...]
    guard !rest.isEmpty else { return nil }
    let port = rest.dropFirst()
    guard rest.first == ":", port.isEmpty || UInt16(port) != nil else {
      return .badPort(String(port))
    }
    return nil
  }

  private static func hostEnd(of authority: Substring) -> Substring.Index? {
    if authority.hasPrefix("[") {
      return authority.firstIndex(of: "]").map { authority.index(after: $0) }
    }
    let end = authority.firstIndex(of: ":") ?? authority.endIndex
    return end == authority.startIndex ? nil : end
  }
}

/// `<YOUR API KEY HERE>` and its kin: text of a document that was pasted and not filled in.
package enum Placeholder {
  package static func first(in text: String) -> String? {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let inner = rest[..<close]
      if isName(inner) { return "<\(inner)>" }
    }
    return pasted(in: text)
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, first.isLetter, text.count <= 60 else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || " _-".contains($0) }
  }

  private static let pastes = [
    "your_api_key", "your-api-key", "your_key", "your_token", "your-token", "_xxx", "sk_live_...",
    "yourapikey", "api_key_here",
  ]

  private static func pasted(in text: String) -> String? {
    let lowered = text.lowercased()
    return pastes.contains { lowered.contains($0) } ? text : nil
  }
}

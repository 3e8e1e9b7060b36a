import EventLoop
import JSON
import MCPProtocol
import Operations
import Settings

/// Other addresses that may have been meant, tried side by side.
@LoopActor
struct OtherWays {
  /// What came of one.
  struct Try: Sendable {
    let address: String
    let isOpen: Bool
    let words: String

    var line: String { "\(address): \(words)" }
  }

  private let definition: ServerDefinition?
  private let station: Station
  private let reason: String
  /// What the server said instead: it may name the path.
  private let words: String
  private static let limit = Duration.seconds(4)
  private static let most = 6

  init(_ examination: Examination, reason: String, words: String?) {
    definition = examination.subject.definition
    station = examination.station
    self.reason = reason
    self.words = words ?? ""
  }

  func tried() async -> [Try] {
    guard let definition, let url = definition.url else { return [] }
    let addresses = Self.addresses(near: url, reason: reason, words: words).prefix(Self.most)
    let tasks = addresses.map { address in
      Task { @LoopActor in await Self.attempt(address, definition, station) }
    }
    var tries: [Try] = []
    for task in tasks { tries.append(await task.value) }
    return tries
  }

  private static func attempt(
    _ address: String, _ definition: ServerDefinition, _ station: Station
  ) async -> Try {
    var other = definition
    other.url = address
    other.transport = .auto
    other.timeout = Double(limit.components.seconds)
    // A credential is for the place it was given for.
    if !address.hasSameHost(as: definition.url ?? "") {
      other.headers = []
    }
    let attempt = Attempt()
    await attempt.run(on: station, to: other, within: limit)
    defer { if let connection = attempt.connection { Task { await connection.close() } } }
    if let connection = attempt.connection {
      return Try(
        address: address, isOpen: true, words: "speaks MCP \(connection.facts.version.rawValue)")
    }
    let failure = attempt.failure
    if failure?.kind == .unauthorized {
      return Try(address: address, isOpen: true, words: "asks to sign in")
    }
    return Try(address: address, isOpen: false, words: failure?.reason ?? "nothing")
  }

  // MARK: - Which

  private static let paths: Set = [
    "http-404", "http-405", "http-400", "http-501", "not-mcp", "not-mcp-answer", "web-page",
    "redirect",
  ]
  private static let schemes: Set = [
    "tls-handshake", "tls-silent", "tls", "http-not-http", "http-lost", "http-400",
  ]
  private static let hosts: Set = [
    "tcp-refused", "tcp-timeout", "tcp-unreachable", "dns-not-found",
  ]

  static func addresses(near url: String, reason: String, words: String = "") -> [String] {
    guard let parts = AddressParts(url) else { return [] }
    var found: [String] = []
    if schemes.contains(reason) { found.append(parts.otherScheme.text) }
    if hosts.contains(reason) { found += parts.otherLoopbacks.map(\.text) }
    if paths.contains(reason) {
      found += parts.paths(namedIn: words).map(\.text) + parts.otherPaths.map(\.text)
    }
    var seen: Set = [url]
    return found.filter { seen.insert($0).inserted }
  }
}

/// An address in the parts that people get wrong.
private struct AddressParts {
  var scheme: String
  var authority: String
  var path: String
  var text: String { "\(scheme)://\(authority)\(path)" }

  init?(_ url: String) {
    guard let colon = url.firstRange(of: "://") else { return nil }
    scheme = url[..<colon.lowerBound].lowercased()
    let rest = url[colon.upperBound...]
    let slash = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    authority = String(rest[..<slash])
    path = String(rest[slash...].prefix { $0 != "?" && $0 != "#" })
  }

  var otherScheme: AddressParts {
    var other = self
    other.scheme = scheme == "https" ? "http" : "https"
    return other
  }

  var otherLoopbacks: [AddressParts] {
    ["localhost", "127.0.0.1", "[::1]"].compactMap { host in
      guard
        let own = ["localhost", "127.0.0.1", "[::1]"].first(where: { authority.hasPrefix($0) }),
        own != host
      else { return nil }
      var other = self
      other.authority = host + authority.dropFirst(own.count)
      return other
    }
  }

  private static let mostNamed = 2

  /// Paths on the same host, as words of the server name them.
  func paths(namedIn words: String) -> [AddressParts] {
    let names = words.split { !($0.isLetter || $0.isNumber || "/-_.~".contains($0)) }
      .map { $0.last == "." ? String($0.dropLast()) : String($0) }
      .filter { $0.first == "/" && (2...64).contains($0.utf8.count) && !$0.hasPrefix("//") }
    return names.prefix(Self.mostNamed).map { path in
      var other = self
      other.path = path
      return other
    }
  }

  /// The usual places, the same with and without its last slash, and the folders above.
  var otherPaths: [AddressParts] {
    let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
    let above = bare.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    return ["\(bare)/mcp", "/mcp", "/sse", bare == path ? "\(bare)/" : bare, above, "/mcp/"]
      .filter { $0 != path }.map { path in
        var other = self
        other.path = path
        return other
      }
  }
}

extension String {
  fileprivate func hasSameHost(as other: String) -> Bool {
    let own = split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).prefix(3)
    return other.hasPrefix(own.prefix(2).joined(separator: "/") + "/")
      && AddressParts(self)?.authority == AddressParts(other)?.authority
      && hasPrefix("https") == other.hasPrefix("https")
  }
}

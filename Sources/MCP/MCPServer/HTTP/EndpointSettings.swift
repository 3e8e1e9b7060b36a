import EventLoop
package import HTTPCore

/// What an HTTP endpoint accepts and keeps.
package struct EndpointSettings: Sendable {
  /// Paths it answers on; a segment that begins with a colon stands for any.
  package var paths = ["/mcp"]
  /// Serves the two-address transport of the first revision at `/sse` and `/messages` too.
  package var hasLegacyStream = false
  /// Offers sessions a GET stream; without it GET is answered by 405.
  package var pushes = true
  package var origins = OriginRule()
  package var sessionIdle = Duration.seconds(1800)
  package var sessionLimit = 10_000
  /// What a session keeps of its streams for clients that come back.
  package var replayBytes = 1 << 20
  package var replayStreams = 64

  package init() {}
}

/// Which names a request may use for this server, and from which pages it may come: the guard against DNS rebinding.
package struct OriginRule: Sendable, Hashable {
  /// Whether only this machine can connect; then it must also be addressed as this machine.
  package var isLoopback = true
  /// Further names of this server, without port.
  package var hosts: [String] = []
  /// Further pages that may call it, as `https://app.example.com`.
  package var origins: [String] = []

  package init() {}

  /// Why a request is refused; nil where it may come in.
  package func refusal(of fields: HTTPFields) -> String? {
    let host = fields["Host"].flatMap(Self.name(ofHost:))
    if isLoopback, let host, !Self.isLoopback(host), !hosts.contains(host) {
      return "The host \(host) is none of this server's names."
    }
    guard let origin = fields["Origin"] else { return nil }
    if origins.contains(origin) { return nil }
    let name = Self.name(ofOrigin: origin)
    if let name, Self.isLoopback(name) || hosts.contains(name) || (!isLoopback && name == host) {
      return nil
    }
    return "Pages of \(origin) may not call this server."
  }

  private static func name(ofHost text: String) -> String? { name(in: "http://\(text)") }

  private static func name(ofOrigin text: String) -> String? {
    text.contains("://") ? name(in: text) : nil
  }

  private static func name(in url: String) -> String? {
    do { return try WebURL(url).host } catch { return nil }
  }

  private static func isLoopback(_ name: String) -> Bool {
    if name == "localhost" || name == "[::1]" || name == "::1" { return true }
    return IPv4Address(name)?.isLoopback ?? false
  }
}

/// A path with segments that may be anything.
struct PathPattern: Sendable {
  private let text: String
  private let segments: [Substring]
  private let isPlain: Bool

  init(_ text: String) {
    self.text = text
    segments = text.split(separator: "/", omittingEmptySubsequences: false)
    isPlain = !segments.contains { $0.first == ":" }
  }

  func matches(_ path: Substring) -> Bool {
    if isPlain { return path == text }
    let given = path.split(separator: "/", omittingEmptySubsequences: false)
    guard given.count == segments.count else { return false }
    return zip(segments, given).allSatisfy { $0 == $1 || ($0.first == ":" && !$1.isEmpty) }
  }
}

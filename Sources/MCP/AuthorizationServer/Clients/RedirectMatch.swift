import Authorization
import HTTPCore

/// Which redirect URIs a client may have, and which one a request may name.
enum RedirectMatch {
  /// Schemes that a browser acts upon instead of handing over.
  private static let dangerous: Set<String> = [
    "javascript", "data", "file", "vbscript", "about", "blob", "view-source", "ws", "wss", "ftp",
  ]

  static func check(_ text: String) throws(Refusal) {
    let url: WebURL
    do { url = try WebURL(text) } catch {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is no URL: \(error)")
    }
    // A reader of URLs drops blanks and tabs; the header that the text goes into as it stands would keep them.
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) has blanks in it")
    }
    guard url.fragment == nil, !url.hasUserinfo, !dangerous.contains(url.scheme) else {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is not allowed")
    }
    guard url.scheme != "http" || url.isLoopback else {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is not encrypted")
    }
  }

  /// Letter by letter; only the port of a program on the same machine may be another, which it cannot know before
  /// it listens (RFC 8252). What a reader of URLs takes for the same is not the same here.
  static func matches(_ asked: String, _ registered: String) -> Bool {
    if asked.utf8.elementsEqual(registered.utf8) { return true }
    guard let asked = withoutPort(asked), let registered = withoutPort(registered) else {
      return false
    }
    return asked == registered
  }

  private static let loopbackBeginnings = [
    "http://127.0.0.1", "http://[::1]", "http://localhost",
  ]

  /// The bytes without those of the port; nil for what is not on this machine.
  private static func withoutPort(_ text: String) -> [UInt8]? {
    let bytes = text.utf8
    guard let head = loopbackBeginnings.first(where: { bytes.starts(with: $0.utf8) }) else {
      return nil
    }
    var rest = bytes.dropFirst(head.utf8.count)
    if rest.first == UInt8(ascii: ":") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard let port = UInt16(Substring(digits)), port > 0 else { return nil }
      rest = rest[digits.endIndex...]
    }
    guard rest.isEmpty || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "?") else {
      return nil
    }
    return Array(head.utf8) + rest
  }
}

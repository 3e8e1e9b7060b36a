package import EventLoop
package import HTTPCore

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
    hostRefusal(of: fields) ?? pageRefusal(of: fields)
  }

  package func hostRefusal(of fields: HTTPFields) -> String? {
    guard isLoopback, let text = fields["Host"], !text.isEmpty else { return nil }
    let name = Self.host(of: fields)
    if let name, Self.isLoopback(name) || hosts.contains(name) { return nil }
    return "The host \(name ?? text) is none of this server's names."
  }

  /// Where other machines can connect, a page that calls the host it came from must have got it by a name that is known
  /// or by a number: any other name may have been bent to this machine's address.
  package func pageRefusal(of fields: HTTPFields) -> String? {
    guard let origin = fields["Origin"] else { return nil }
    if origins.contains(origin) { return nil }
    if let name = Self.name(ofOrigin: origin) {
      if Self.isLoopback(name) || hosts.contains(name) { return nil }
      if !isLoopback, name == Self.host(of: fields), Self.isNumeric(name) { return nil }
    }
    return "Pages of \(origin) may not call this server."
  }

  private static func host(of fields: HTTPFields) -> String? {
    fields["Host"].flatMap { name(in: "http://\($0)") }
  }

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

  private static func isNumeric(_ name: String) -> Bool {
    name.first == "[" || name.contains(":") || IPv4Address(name) != nil
  }
}

/// An origin rule that remembers what it found: clients repeat the same two headers with every request.
@LoopActor
package final class OriginGuard {
  private let rule: OriginRule
  private var admitted: Set<Sender> = []
  /// Nearly always the next one too, and quicker to compare than to look up.
  private var latest: Sender?
  private static let limit = 256

  private struct Sender: Hashable {
    let host: String?
    let origin: String?
  }

  package init(_ rule: OriginRule) { self.rule = rule }

  /// Why a request may not come in; nil where it may.
  package func refusal(
    of fields: HTTPFields, minding readers: HTTPRoute.Readers = .admittedPages
  ) -> String? {
    if readers == .anyPage { return rule.hostRefusal(of: fields) }
    let sender = Sender(host: fields["Host"], origin: fields["Origin"])
    if sender == latest { return nil }
    if !admitted.contains(sender) {
      if let refusal = rule.refusal(of: fields) { return refusal }
      if admitted.count < Self.limit { admitted.insert(sender) }
    }
    latest = sender
    return nil
  }
}

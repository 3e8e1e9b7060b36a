/// What a link to a session names: `https://alloy.app/…/p/…/edit`, `…/p/dev/…`, with or without its beginning.
package struct SessionLink: Sendable, Hashable {
  package let session: String
  /// Whether the link says that it is one of real code.
  package let isDev: Bool

  package init?(_ text: String) {
    let plain = text.prefix { $0 != "?" && $0 != "#" }
    var parts = plain.split(separator: "/").map(String.init)
    if let scheme = parts.first, scheme.hasSuffix(":") {
      guard ["https:", "http:"].contains(scheme.lowercased()), parts.count > 1 else { return nil }
      parts.removeFirst()
      guard ["alloy.app", "www.alloy.app"].contains(parts[0].lowercased()) else { return nil }
    }
    guard let place = parts.firstIndex(of: "p"), place + 1 < parts.count else { return nil }
    var rest = parts[(place + 1)...]
    isDev = rest.first == "dev"
    if isDev { rest = rest.dropFirst() }
    guard let name = rest.first, name != "edit" else { return nil }
    session = name
  }
}

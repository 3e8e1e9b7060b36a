package import JSON
package import MCPProtocol

/// A whole list, all pages together.
package struct Listing<Item: PeerValue>: Sendable, Hashable {
  /// Malformed items among them, as raw JSON without a value.
  package var items: [Decoded<Item>] = []
  /// What the pages held, as it was written.
  package var texts: [JSONText] = []
  package var pages = 0
  /// Their size on the wire.
  package var bytes = 0
  /// What was wrong with the pages, their items included; pointers begin at the page.
  package var issues: [ModelIssue] = []
  /// The shortest of the pages' times, and private if one is.
  package var caching: CachingHints?
  /// Why the list ends although there is more.
  package var cutShort: Finding?
  /// Why the pages after these could not be had.
  package var failure: ClientError?

  package init() {}

  package var values: [Item] { items.compactMap(\.value) }

  mutating func append(_ page: ListPage<Item>, _ text: JSONText?) {
    items += page.items
    if let text { texts.append(text) }
    issues += page.issues
    caching = pages == 0 ? page.caching : caching.flatMap { $0.strictest(page.caching) }
    pages += 1
  }
}

extension CachingHints {
  fileprivate func strictest(_ other: CachingHints?) -> CachingHints? {
    guard let other else { return nil }
    return CachingHints(
      ttl: min(ttl, other.ttl), scope: other.scope == .isPublic ? scope : other.scope)
  }
}

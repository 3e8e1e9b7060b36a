package import JSON

/// How long and by whom a result may be reused.
package struct CachingHints: Sendable, Hashable {
  /// Milliseconds; a missing or negative time counts as stale at once.
  package var ttl: Int
  /// Anything but `public` counts as private.
  package var scope: CacheScope

  package init(ttl: Int, scope: CacheScope) {
    self.ttl = ttl
    self.scope = scope
  }

  package static let longest = 24 * 60 * 60 * 1000

  package static func read(_ result: JSON, _ reading: inout Reading) -> CachingHints? {
    guard let object = result.object else { return nil }
    if object["ttlMs"] == nil && object["cacheScope"] == nil { return nil }
    let ttl = object["ttlMs"].flatMap { json in reading.inside("ttlMs") { Int.read(json, &$0) } }
    if let ttl, ttl < 0 { reading.report(.invalid("is negative"), at: "ttlMs") }
    let scope = object["cacheScope"].flatMap { json in
      reading.inside("cacheScope") { CacheScope.read(json, &$0) }
    }
    return CachingHints(ttl: min(max(ttl ?? 0, 0), longest), scope: scope ?? .isPrivate)
  }
}

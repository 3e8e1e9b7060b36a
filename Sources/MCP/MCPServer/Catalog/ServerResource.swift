import EventLoop
package import MCPProtocol

/// A resource with a fixed address.
package struct ServerResource: Sendable {
  package var definition: Resource
  package var scopes: [String]
  package var isVisible: (@Sendable (Caller) -> Bool)?
  package var hints: CachingHints
  package var handler: Handler<[ResourceContents]>

  package init(
    _ definition: Resource, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil, hints: CachingHints = .atOnceStale,
    read: @escaping @LoopActor (Invocation) async throws -> [ResourceContents]
  ) {
    self.definition = definition
    self.scopes = scopes
    self.isVisible = isVisible
    self.hints = hints
    handler = .suspending(read)
  }

  /// One whose contents are at hand.
  package init(
    _ definition: Resource, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil, hints: CachingHints = .atOnceStale,
    answer: @escaping @LoopActor (Invocation) throws -> [ResourceContents]
  ) {
    self.definition = definition
    self.scopes = scopes
    self.isVisible = isVisible
    self.hints = hints
    handler = .immediate(answer)
  }
}

/// A family of resources; the invocation carries the variables of the address that was asked for.
package struct ServerTemplate: Sendable {
  package var definition: ResourceTemplate
  package var scopes: [String]
  package var isVisible: (@Sendable (Caller) -> Bool)?
  package var hints: CachingHints
  /// Proposals by variable.
  package var completers: [String: Completer]
  package var handler: Handler<[ResourceContents]>

  package init(
    _ definition: ResourceTemplate, scopes: [String] = [],
    isVisible: (@Sendable (Caller) -> Bool)? = nil, hints: CachingHints = .atOnceStale,
    completers: [String: Completer] = [:],
    read: @escaping @LoopActor (Invocation) async throws -> [ResourceContents]
  ) {
    self.definition = definition
    self.scopes = scopes
    self.isVisible = isVisible
    self.hints = hints
    self.completers = completers
    handler = .suspending(read)
  }
}

extension CachingHints {
  package static let atOnceStale = CachingHints(ttl: 0, scope: .isPrivate)
}

extension ResourceTemplate {
  package init(
    _ uriTemplate: String, name: String, title: String? = nil, _ description: String? = nil,
    mimeType: String? = nil
  ) {
    self.init()
    self.uriTemplate = uriTemplate
    self.name = name
    self.title = title
    self.description = description
    self.mimeType = mimeType
  }
}

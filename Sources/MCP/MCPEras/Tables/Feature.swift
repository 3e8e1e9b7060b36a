import MCPProtocol

/// Something a revision has or has not; everything that differs on the wire is one of these.
package enum Feature: Int, Sendable, Hashable, CaseIterable {
  case handshake
  case batches
  case ping
  case serverRequests
  case initializedNotice
  case versionHeader
  case sessionHeader
  case sessionEnding
  case pushStream
  case resumption
  case streamPolling
  case requestEnvelope
  case headerMirroring
  case cancelByClosing
  case resultType
  case inputRequired
  case listen
  case resourceSubscribe
  case sessionLogLevel
  case requestLogLevel
  case cachingHints
  case structuredOutput
  case anyStructuredOutput
  case audio
  case resourceLinks
  case completionContext
  case elicitation
  case elicitationModes
  case elicitationError
  case samplingTools
  case rootsChanged
  case coreTasks
  case taskExtension
  case extensions
  case toolAnnotations
  case titles
  case icons
  case progressMessages
  case completionCapability
  case argumentErrorsAsResults
}

/// One row of the feature table.
package struct FeatureRow: Sendable {
  package let feature: Feature
  package let window: VersionWindow
  package let text: String
}

/// Which revision has what. The only place that knows.
package let featureTable: [FeatureRow] = [
  .init(feature: .handshake, window: .handshake, text: "a conversation opens with initialize"),
  .init(
    feature: .batches, window: VersionWindow(.v20250326, until: .v20250618),
    text: "JSON-RPC batches may arrive"),
  .init(feature: .ping, window: .handshake, text: "ping"),
  .init(feature: .serverRequests, window: .handshake, text: "servers send requests"),
  .init(feature: .initializedNotice, window: .handshake, text: "notifications/initialized"),
  .init(
    feature: .versionHeader, window: .since(.v20250618),
    text: "MCP-Protocol-Version on HTTP requests"),
  // These three belong to the transport: servers behind one URL that answer 2024-11-05 have them too.
  .init(feature: .sessionHeader, window: .handshake, text: "Mcp-Session-Id"),
  .init(feature: .pushStream, window: .handshake, text: "a GET stream for unasked messages"),
  .init(feature: .resumption, window: .handshake, text: "streams are taken up by Last-Event-ID"),
  .init(
    feature: .sessionEnding, window: VersionWindow(.v20250326, until: .v20260728),
    text: "DELETE ends a session"),
  .init(
    feature: .streamPolling, window: VersionWindow(.v20251125, until: .v20260728),
    text: "servers close streams and name a retry time"),
  .init(
    feature: .requestEnvelope, window: .stateless, text: "every request describes itself in _meta"),
  .init(
    feature: .headerMirroring, window: .stateless,
    text: "Mcp-Method, Mcp-Name and Mcp-Param headers"),
  .init(
    feature: .cancelByClosing, window: .stateless,
    text: "over HTTP, closing the answer's stream cancels"),
  .init(feature: .resultType, window: .stateless, text: "results carry resultType"),
  .init(feature: .inputRequired, window: .stateless, text: "results may ask for input"),
  .init(feature: .listen, window: .stateless, text: "subscriptions/listen"),
  .init(feature: .resourceSubscribe, window: .handshake, text: "resources/subscribe"),
  .init(feature: .sessionLogLevel, window: .handshake, text: "logging/setLevel"),
  .init(feature: .requestLogLevel, window: .stateless, text: "a log level in each request"),
  .init(feature: .cachingHints, window: .stateless, text: "ttlMs and cacheScope"),
  .init(feature: .structuredOutput, window: .since(.v20250618), text: "structured tool output"),
  .init(
    feature: .anyStructuredOutput, window: .stateless, text: "structured output of any JSON type"),
  .init(feature: .audio, window: .since(.v20250326), text: "audio content"),
  .init(feature: .resourceLinks, window: .since(.v20250618), text: "resource links in results"),
  .init(
    feature: .completionContext, window: .since(.v20250618),
    text: "completion knows the other arguments"),
  .init(feature: .elicitation, window: .since(.v20250618), text: "elicitation"),
  .init(
    feature: .elicitationModes, window: .since(.v20251125), text: "elicitation by form and by URL"),
  .init(
    feature: .elicitationError, window: VersionWindow(.v20251125, until: .v20260728),
    text: "errors that ask to open a URL"),
  .init(feature: .samplingTools, window: .since(.v20251125), text: "tools in sampling"),
  .init(feature: .rootsChanged, window: .handshake, text: "notifications/roots/list_changed"),
  .init(
    feature: .coreTasks, window: VersionWindow(.v20251125, until: .v20260728),
    text: "tasks asked for by the client"),
  .init(feature: .taskExtension, window: .stateless, text: "tasks decided by the server"),
  .init(feature: .extensions, window: .stateless, text: "an extensions map in capabilities"),
  .init(
    feature: .toolAnnotations, window: .since(.v20250326), text: "annotations of tools"),
  .init(feature: .titles, window: .since(.v20250618), text: "titles and _meta of listed items"),
  .init(feature: .icons, window: .since(.v20251125), text: "icons"),
  .init(
    feature: .progressMessages, window: .since(.v20250326), text: "progress carries a message"),
  .init(
    feature: .completionCapability, window: .since(.v20250326),
    text: "completion is a capability"),
  .init(
    feature: .argumentErrorsAsResults, window: .since(.v20251125),
    text: "wrong arguments are told in a tool's result"),
]

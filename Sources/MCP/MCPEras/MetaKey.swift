/// Keys the protocol reserves inside `_meta`.
package enum MetaKey {
  package static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
  package static let clientInfo = "io.modelcontextprotocol/clientInfo"
  package static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
  package static let logLevel = "io.modelcontextprotocol/logLevel"
  package static let serverInfo = "io.modelcontextprotocol/serverInfo"
  package static let subscriptionId = "io.modelcontextprotocol/subscriptionId"
  package static let relatedTask = "io.modelcontextprotocol/related-task"
  package static let progressToken = "progressToken"
}

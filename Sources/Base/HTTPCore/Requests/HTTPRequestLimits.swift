/// How much of one request a server takes.
package struct HTTPRequestLimits: Sendable, Hashable {
  /// Request line and header lines together.
  package var headBytes = 32_768
  package var targetBytes = 8_192
  package var fields = 100
  package var bodyBytes = 4 << 20
  /// The size line of one chunk, extensions included.
  package var chunkLineBytes = 256

  package init() {}
}

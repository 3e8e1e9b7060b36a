package import HTTP
package import HTTPCore

/// Where a server is and how it is talked to over HTTP.
package struct HTTPTransportSettings: Sendable {
  package var url: WebURL
  /// The user's own header lines; they stand in for ours of the same name.
  package var headers: HTTPFields
  /// TLS, proxy and time limits of every request.
  package var options: HTTPRequestOptions
  /// The largest answer, or event of a stream, in bytes.
  package var answerLimit = 256 << 20
  package var reconnection = ReconnectionRule()
  /// How long an event-stream server may take to name its endpoint.
  package var endpointLimit = Duration.seconds(30)

  package init(
    _ url: WebURL, headers: HTTPFields = HTTPFields(),
    options: HTTPRequestOptions = HTTPRequestOptions()
  ) {
    self.url = url
    self.headers = headers
    self.options = options
    // What may become a stream has no size of its own; answers are held to `answerLimit` instead.
    self.options.limits.bodySize = .max
  }
}

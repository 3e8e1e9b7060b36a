package import HTTPCore

/// One request of a client.
package struct HTTPRequest: Sendable {
  package var method: String
  package var url: WebURL
  package var fields: HTTPFields
  package var body: [UInt8]
  package var options: HTTPRequestOptions

  package init(
    _ method: String = "GET", _ url: WebURL, fields: HTTPFields = [:], body: [UInt8] = [],
    options: HTTPRequestOptions = HTTPRequestOptions()
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.options = options
  }
}

/// How a request is carried; nothing here changes what is asked.
package struct HTTPRequestOptions: Sendable, Hashable {
  package var limits = HTTPLimits()
  package var tls = TLSOptions()
  package var proxy = ProxyRule.none
  /// HTTP/2 where the server's TLS offers it; HTTP/1.1 otherwise.
  package var allowsHTTP2 = false
  package var acceptsCompression = true
  /// The request may reach the server twice without harm, so that one lost with a kept connection is sent again.
  package var isRepeatable = false
  /// Refuses to talk to loopback, private and link-local addresses, however the name resolves.
  package var refusesPrivateAddresses = false

  package init() {}
}

/// How long and how much a request may take; nil is no limit.
package struct HTTPLimits: Sendable, Hashable {
  /// Name look-up, TCP and TLS.
  package var connect: Duration = .seconds(30)
  /// Without a byte in either direction, once connected.
  package var idle: Duration?
  package var total: Duration?
  /// The largest body after decompression.
  package var bodySize = 256 << 20

  package init(
    connect: Duration = .seconds(30), idle: Duration? = nil, total: Duration? = nil,
    bodySize: Int = 256 << 20
  ) {
    self.connect = connect
    self.idle = idle
    self.total = total
    self.bodySize = bodySize
  }
}

/// Whom a TLS connection trusts and as whom it presents itself; the files are PEM.
package struct TLSOptions: Sendable, Hashable {
  /// Replaces the system's authorities.
  package var authorities: String?
  package var certificate: String?
  package var key: String?
  package var keyPassword: String?
  /// Accepts any certificate for any name. Always shown where the connection is shown.
  package var isInsecure = false

  package init() {}
}
